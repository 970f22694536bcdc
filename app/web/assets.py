"""The files that every page loads: built in memory at start, served under names with a hash."""

import gzip
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from programmes.common.errors import Refused

ROOT = Path(__file__).resolve().parents[2]
NODE_MODULES = ROOT / "node_modules"
STATIC = ROOT / "app" / "static"
URL_PREFIX = "/assets/"

_FONT_FACE = re.compile(r"(/\*![^*]*\*/)?@font-face\s*\{[^}]*\}")
_CREST_RULE = re.compile(r"(?<![^{}])[^{}]*\{[^{}]*govuk-crest[^{}]*\}")
_REFERENCE = re.compile(r"asset:([\w.-]+)")
_MEDIA_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_SYSTEM_FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif'


@dataclass(frozen=True)
class Asset:
    """One file as it is sent; the hash in its name changes whenever its bytes do."""

    served_name: str
    body: bytes
    gzipped: bytes
    media_type: str


class Assets:
    """Every served file, by the name that it goes out under."""

    def __init__(self, sources: Iterable[tuple[str, str]]) -> None:
        self._url_by_name: dict[str, str] = {}
        self._by_served_name: dict[str, Asset] = {}
        for name, text in sources:
            self._add(name, text)

    def url(self, name: str) -> str:
        """The address of a file by its plain name. Raises KeyError for one that is not served."""
        return self._url_by_name[name]

    def find(self, served_name: str) -> Asset | None:
        return self._by_served_name.get(served_name)

    def _add(self, name: str, text: str) -> None:
        linked = _REFERENCE.sub(lambda match: self._url_by_name[match[1]], text)
        asset = _asset(name, linked.encode())
        self._by_served_name[asset.served_name] = asset
        self._url_by_name[name] = URL_PREFIX + asset.served_name


def load_assets(node_modules: Path = NODE_MODULES) -> Assets:
    """Reads every served file. A file may name only those before it, as `asset:NAME`.

    Raises Refused where the page packages are not installed.
    """
    govuk = node_modules / "govuk-frontend" / "dist" / "govuk"
    sources = [
        *((path.name, path.read_text()) for path in sorted(STATIC.glob("*.svg"))),
        ("govuk-frontend.js", _script(govuk / "govuk-frontend.min.js")),
        ("waymark.css", stylesheet(govuk / "govuk-frontend.min.css", STATIC / "css")),
        ("waymark.js", (STATIC / "waymark.js").read_text()),
        ("passkeys.js", (STATIC / "passkeys.js").read_text()),
        ("register.js", (STATIC / "register.js").read_text()),
    ]
    return Assets(sources)


def stylesheet(govuk_css: Path, own_css: Path) -> str:
    """One file: the design system without the government's font and crest, then our own rules.

    The typeface is licensed for gov.uk alone, and this is not a gov.uk service.
    """
    css = _installed_text(govuk_css)
    css = _CREST_RULE.sub("", _FONT_FACE.sub("", css))
    css = css.replace("GDS Transport,arial,sans-serif", _SYSTEM_FONTS).replace("GDS Transport", "")
    own = "".join(path.read_text() for path in sorted(own_css.glob("*.css")))
    return _without_source_map(css) + own


def _script(path: Path) -> str:
    return _without_source_map(_installed_text(path))


def _installed_text(path: Path) -> str:
    if not path.is_file():
        raise Refused("The files for the pages are not installed: run `npm ci`, then start again.")
    return path.read_text()


def _without_source_map(text: str) -> str:
    return re.sub(r"(//|/\*)# sourceMappingURL=\S+( \*/)?", "", text)


def _asset(name: str, body: bytes) -> Asset:
    stem, _, ending = name.rpartition(".")
    digest = hashlib.sha256(body).hexdigest()[:16]
    return Asset(
        served_name=f"{stem}.{digest}.{ending}",
        body=body,
        gzipped=gzip.compress(body, compresslevel=9, mtime=0),
        media_type=f"{_MEDIA_TYPES[ending]}; charset=utf-8",
    )
