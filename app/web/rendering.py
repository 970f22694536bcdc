"""The templates' world: strict, escaped, with the macros as `ui` and words as filters."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig

from app import labels, present
from app.web.assets import Assets
from app.web.components import Tag

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
GOVUK_MACROS = {
    "govukButton": "button",
    "govukCharacterCount": "character-count",
    "govukDateInput": "date-input",
    "govukErrorSummary": "error-summary",
    "govukFileUpload": "file-upload",
    "govukInput": "input",
    "govukNotificationBanner": "notification-banner",
    "govukPagination": "pagination",
    "govukPasswordInput": "password-input",
    "govukSelect": "select",
    "govukServiceNavigation": "service-navigation",
    "govukSkipLink": "skip-link",
}
FILTERS: Mapping[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        present.full_date,
        present.long_date,
        present.short_date,
        present.day_and_date,
        present.wall_time,
        present.date_and_time,
        present.short_date_and_time,
        present.deadline,
        present.days_from_today,
        present.days_left,
        present.remaining,
        present.count,
        present.rate,
        present.percentage,
        present.money,
        present.yes_or_no,
        present.listed,
        present.mid_sentence,
        present.sentence,
    )
}


def environment(assets: Assets, compiled: Path | None = None) -> jinja2.Environment:
    """A name that a template misspells is an error, never an empty space on a page.

    `compiled` is where templates are kept as code, so that a start need not compile them again.
    """
    cache = _cache_in(compiled)
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=cache,
    )
    made.filters.update(FILTERS, slug=slug, label=labels.label, tag=as_tag)
    made.globals.update(_govuk_macros(cache), asset_url=assets.url)
    made.globals["ui"] = _own_macros(made)
    return made


class _CacheThatMayBeFull(jinja2.FileSystemBytecodeCache):
    """A page that cannot be kept compiled, because the disk is full, is shown all the same."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _cache_in(compiled: Path | None) -> jinja2.BytecodeCache | None:
    if compiled is None:
        return None
    compiled.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _CacheThatMayBeFull(str(compiled))


def template_config(
    assets: Assets, compiled: Path | None = None
) -> TemplateConfig[JinjaTemplateEngine]:
    made = environment(assets, compiled)
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(made))


def slug(text: str) -> str:
    """An id for an element, from its words."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "part"


def as_tag(status: StrEnum | Tag) -> Tag:
    return status if isinstance(status, Tag) else labels.tag(status)


def _govuk_macros(cache: jinja2.BytecodeCache | None) -> dict[str, Any]:
    """The design system's macros count on missing options being empty, so they live apart."""
    lenient = jinja2.Environment(
        loader=jinja2.PrefixLoader(
            {"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")}
        ),
        autoescape=True,
        undefined=jinja2.ChainableUndefined,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=cache,
    )
    path = "govuk_frontend_jinja/components/{}/macro.html"
    return {
        name: getattr(lenient.get_template(path.format(folder)).module, name)
        for name, folder in GOVUK_MACROS.items()
    }


def _own_macros(made: jinja2.Environment) -> SimpleNamespace:
    """Every macro of templates/macros under one name; they call each other by it too."""
    ui = SimpleNamespace()
    made.globals["ui"] = ui
    for path in sorted((TEMPLATES / "macros").glob("*.html")):
        module = made.get_template(f"macros/{path.name}").module
        for name, macro in vars(module).items():
            if not name.startswith("_"):
                setattr(ui, name, macro)
    return ui
