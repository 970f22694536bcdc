"""Pictures: titled, described, repeatable, allowed by the pages' policy, true to their figures."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from outcomes.disclosure.pictures import funnel_picture, shares_picture
from outcomes.disclosure.words import Profile
from outcomes.reports.pictures import (
    BAND,
    FILL,
    INK,
    TONES,
    Part,
    bar_of,
    bars_with_intervals,
    curves_over_time,
    whole_in_parts,
)
from outcomes.reports.rates import rate
from outcomes.reports.svg import SVG, Picture
from tests.rules.spells import Spell, curve_of
from tests.rules.test_release import lines_of_2018


def completion() -> Picture:
    bars = [bar_of("Of those due to finish", rate(39, 68)), bar_of("Of nobody", rate(0, 0))]
    return bars_with_intervals("Completion", bars, description="39 of 68")


def safety() -> Picture:
    parts = [Part("Not known", 20, "20"), Part("Safer", 15, "15"), Part("Less safe", None, "[c]")]
    return whole_in_parts("Safety", parts, description="Not known 20, safer 15")


def drop_out() -> Picture:
    curve = curve_of([Spell(3, True), Spell(9, True), Spell(17, False)])
    empty = curve_of([])
    curves = [("Caring Dads", curve), ("DVPP", empty)]
    return curves_over_time("Still coming", curves, unit="session", description="Half by 9")


def stages() -> Picture:
    activity = lines_of_2018(Profile.PARTNERSHIP).tables[0]
    found = funnel_picture(activity)
    assert found is not None
    return found


Draw = Callable[[], Picture]
PICTURES: list[Draw] = [completion, safety, drop_out, stages]


def elements(picture: Picture) -> list[Element]:
    return list(fromstring(picture.svg()).iter())


@pytest.mark.slow
@pytest.mark.parametrize("draw", PICTURES)
def test_a_picture_begins_with_its_title_and_description(draw: Draw) -> None:
    picture = draw()
    root = elements(picture)[0]
    title, description = root[0], root[1]
    assert (title.tag, title.text) == (f"{{{SVG}}}title", picture.title)
    assert (description.tag, description.text) == (f"{{{SVG}}}desc", picture.description)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title desc"


@pytest.mark.slow
@pytest.mark.parametrize("draw", PICTURES)
def test_a_picture_has_the_same_bytes_every_time_and_no_date(draw: Draw) -> None:
    first, second = draw().svg(), draw().svg()
    assert first == second
    assert b"metadata" not in first
    assert b"Matplotlib" not in first


@pytest.mark.slow
@pytest.mark.parametrize("draw", PICTURES)
def test_a_picture_stands_alone_without_style_script_or_outside_address(draw: Draw) -> None:
    for element in elements(draw()):
        assert "style" not in element.attrib
        assert element.tag.rpartition("}")[2] not in {"style", "script", "foreignObject", "image"}
        for name, value in element.attrib.items():
            assert not name.rpartition("}")[2].startswith("on")
            assert not name.endswith("href") or value.startswith("#")


def test_a_rate_is_drawn_with_its_whisker_and_written_beside_it() -> None:
    picture = completion()
    assert "Of those due to finish: 39 of 68, 57.4% (45.5–68.4)" in picture.words
    assert "Of nobody: 0 of 0, no rate" in picture.words
    (axes,) = picture.figure.axes
    assert [round(bar.get_width(), 1) for bar in axes.patches] == [57.4]
    assert axes.get_xlim() == (0, 100)


def test_parts_differ_by_pattern_and_tone_and_the_hidden_one_has_no_width() -> None:
    picture = safety()
    frame, *shapes = [p for p in picture.figure.axes[0].patches if p.get_height() == 0.9]
    assert frame.get_width() == 100
    assert [round(100 * 20 / 35, 3), round(100 * 15 / 35, 3)] == [
        round(shape.get_width(), 3) for shape in shapes
    ]
    assert len({shape.get_hatch() for shape in shapes}) == 2
    assert "Less safe: [c]" in picture.words


def test_what_is_hidden_leaves_the_bar_open_and_stretches_nothing() -> None:
    parts = [Part("Not known", 20, "20"), Part("Safer", None, "[c]")]
    drawn = whole_in_parts("Safety", parts, description="Not known 20", whole=25)
    _frame, shape = [p for p in drawn.figure.axes[0].patches if p.get_height() == 0.9]
    assert round(shape.get_width(), 3) == 80


def test_not_known_comes_first() -> None:
    assert next(text for text in safety().words if ":" in text).startswith("Not known")


def test_no_tone_is_red_or_green() -> None:
    for tone in (*TONES, FILL, BAND, INK):
        red, green, blue = (int(tone[at : at + 2], 16) for at in (1, 3, 5))
        assert blue >= max(red, green) - 3


def test_a_curve_says_how_many_are_still_watched() -> None:
    words = drop_out().words
    assert "Still watched, Caring Dads:" in words
    assert "DVPP" not in words
    assert {"3", "2", "1"} <= set(words)


def test_shares_are_drawn_where_a_line_has_a_denominator() -> None:
    activity, orders = lines_of_2018(Profile.PUBLIC).tables
    drawn = shares_picture(activity)
    assert drawn is not None
    assert any("of 70" in text or "of 65" in text for text in drawn.words)
    assert shares_picture(orders) is None


def test_a_png_is_drawn_for_documents_that_take_no_svg() -> None:
    assert completion().png().startswith(b"\x89PNG")
