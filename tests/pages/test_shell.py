"""Every part of the shell as HTML: one heading, labelled inputs, nothing inline, all escaped."""

import re
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest

from app.web.assets import load_assets
from app.web.components import Cell, Event, NavItem, Paging
from app.web.shell import Shell, navigation_at
from programmes.common.errors import Refused
from tests.pages.gallery import GALLERY, MANAGER
from tests.pages.gallery_form import ABSENCE, GOOD_ABSENCE
from tests.pages.shell_site import gallery_environment, gallery_page


class Elements(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def named(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.found if tag in tags]


@pytest.fixture(scope="module")
def templates() -> jinja2.Environment:
    return gallery_environment()


@pytest.fixture(params=GALLERY)
def html(request: pytest.FixtureRequest, templates: jinja2.Environment) -> str:
    return gallery_page(templates, request.param)


def test_a_page_has_one_heading_a_title_and_a_language(html: str) -> None:
    elements = Elements(html)
    assert len(elements.named("h1")) == 1
    assert re.search(r"<title>(Error: )?[^<]+ – Waymark</title>", html)
    assert elements.named("html")[0]["lang"] == "en-GB"
    assert html.startswith("<!DOCTYPE html>")


def test_nothing_on_a_page_is_inline_or_from_elsewhere(html: str) -> None:
    for tag, attributes in Elements(html).found:
        assert tag != "style"
        assert tag != "script" or attributes["src"].startswith("/assets/")
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        for name in ("href", "src", "action"):
            assert re.match(r"[/#?]|$", attributes.get(name, "")), attributes


def test_every_input_has_a_label_and_every_id_is_its_own(html: str) -> None:
    elements = Elements(html)
    ids = [attributes["id"] for _, attributes in elements.found if "id" in attributes]
    labelled = {label["for"] for label in elements.named("label")}
    assert len(ids) == len(set(ids))
    for control in elements.named("input", "select", "textarea"):
        assert control.get("type") == "hidden" or control["id"] in labelled


def test_whatever_describes_or_names_an_element_is_there(html: str) -> None:
    elements = Elements(html)
    ids = {attributes.get("id") for _, attributes in elements.found}
    for _, attributes in elements.found:
        for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
            assert set(attributes.get(name, "").split()) <= ids, attributes


def test_two_forms_that_ask_the_same_have_ids_of_their_own(templates: jinja2.Environment) -> None:
    html = gallery_page(templates, "form-twice")
    assert 'id="missed_on-day" name="missed_on-day"' in html
    assert 'id="again-missed_on-day" name="missed_on-day"' in html
    _, context = GALLERY["form-twice"]
    assert context["other"].messages[1].href == "#again-missed_on-day"


def test_every_posting_form_carries_its_submission_unless_it_only_signs_in_or_out(
    html: str,
) -> None:
    for form in re.findall(r'<form method="post".*?</form>', html, re.DOTALL):
        may_do_without = re.search(r'action="/(sign-out|demo-sign-in)"', form)
        assert may_do_without or re.search(r'name="submission" value="[0-9a-f-]{36}"', form)


HOSTILE = "<script>alert('x')</script>\"'&"


def test_what_people_typed_is_shown_and_never_run(templates: jinja2.Environment) -> None:
    typed = {**GOOD_ABSENCE, "name": (HOSTILE,), "note": (f"</textarea>{HOSTILE}",)}
    form = ABSENCE.refused(typed, Refused(HOSTILE))
    page = templates.get_template("form.html").render(shell=MANAGER, form=form, other=None)
    listed = templates.from_string(
        "{{ ui.table(x, [x], [[x], [cell]]) }}{{ ui.timeline([event]) }}{{ ui.empty(x) }}"
    ).render(x=HOSTILE, cell=Cell(HOSTILE), event=Event(title=HOSTILE, when=HOSTILE))
    for html in (page, listed):
        assert "alert" in html
        assert "<script>alert" not in html
        assert "</textarea><" not in html


def test_several_lines_come_back_as_they_were_typed(templates: jinja2.Environment) -> None:
    note = "first\n    indented\n\nlast"
    form = ABSENCE.refused({**GOOD_ABSENCE, "note": (note,)}, Refused("No."))
    html = templates.get_template("form.html").render(shell=MANAGER, form=form, other=None)
    assert re.search(r"<textarea[^>]*>([^<]*)</textarea>", html).group(1) == note


def test_a_misspelt_name_is_an_error_and_not_an_empty_space(
    templates: jinja2.Environment,
) -> None:
    for wrong in ("{{ persn }}", "{{ ui.haeding('x') }}", "{{ shell.nmae }}"):
        with pytest.raises(jinja2.UndefinedError):
            templates.from_string(wrong).render(shell=Shell())


def test_a_page_without_a_title_does_not_render(templates: jinja2.Environment) -> None:
    with pytest.raises(jinja2.TemplateRuntimeError, match="title"):
        templates.from_string('{% extends "base.html" %}').render(shell=Shell())


def test_the_stylesheet_holds_nothing_of_the_governments() -> None:
    assets = load_assets()
    css = assets.find(assets.url("waymark.css").rpartition("/")[2])
    text = css.body.decode() if css else ""
    assert ".govuk-button" in text
    assert ".waymark-header" in text
    for theirs in ("@font-face", "GDS Transport", "crest", "url("):
        assert theirs not in text


def test_a_served_name_changes_with_what_is_in_it() -> None:
    assets = load_assets()
    name = assets.url("waymark.js").rpartition("/")[2]
    script = assets.find(name)
    assert script is not None
    assert re.fullmatch(r"waymark\.[0-9a-f]{16}\.js", name)
    assert f'from "{assets.url("govuk-frontend.js")}"' in script.body.decode()
    assert assets.find("waymark.js") is None
    assert assets.find("../settings.py") is None


def test_pages_without_their_packages_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="npm ci"):
        load_assets(tmp_path)


def test_the_menu_marks_the_nearest_page_above() -> None:
    items = (NavItem("Home", "/"), NavItem("People", "/people"), NavItem("New", "/people/new"))

    def current(path: str) -> list[str]:
        return [item.text for item in navigation_at(path, items) if item.is_current]

    assert current("/") == ["Home"]
    assert current("/people/1/orders") == ["People"]
    assert current("/people/new") == ["New"]
    assert current("/peoples") == []


@pytest.mark.parametrize(
    ("page", "total", "numbers", "first", "last"),
    [
        (1, 0, [1], 0, 0),
        (1, 25, [1], 1, 25),
        (1, 26, [1, 2], 1, 25),
        (6, 300, [1, None, 5, 6, 7, None, 12], 126, 150),
        (12, 290, [1, None, 11, 12], 276, 290),
    ],
)
def test_paging_names_the_ends_and_the_neighbours(page, total, numbers, first, last) -> None:
    at = Paging(page=page, size=25, total=total, path="/people", query={"q": "a b"})
    assert at.numbers() == numbers
    assert (at.first, at.last) == (first, last)
    assert at.href(2) == "/people?q=a+b&page=2"


def test_a_refused_form_says_so_in_its_title(templates: jinja2.Environment) -> None:
    assert "<title>Error: " in gallery_page(templates, "form-refused")
    assert "<title>Error: " not in gallery_page(templates, "form")


def test_every_macro_is_in_the_page_about_pages_and_nothing_else_is(
    templates: jinja2.Environment,
) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "pages.md").read_text()
    told = set(re.findall(r"\bui\.([a-z_]+)\(", text))
    assert told == set(vars(templates.globals["ui"]))
