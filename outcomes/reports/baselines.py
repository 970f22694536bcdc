"""Figures that others have published, dated and sourced: to stand beside ours, never among them."""

from typing import Final

from msgspec import Struct


class Baseline(Struct, frozen=True):
    """`but` is what it may not be used for.

    `measure` of `programme`, or of the kind of order `kind`, is our figure of the same thing.
    """

    name: str
    figure: str
    period: str
    source: str
    but: str
    programme: str = ""
    kind: str = ""
    measure: str = ""


_LEEDS = "Leeds City Council, report to Executive Board, 2018"
_NO_RATE = "39 of 90 is not a completion rate."
_NO_BREACH_RATE = "13 of 49 (26.5%, 16.2–40.3) is arithmetic, not a rate of orders breached."
_DADS = "caring-dads"
BASELINES: Final = (
    Baseline("Caring Dads, reached", "90", "2018", _LEEDS, _NO_RATE, _DADS, "", "reached"),
    Baseline("Caring Dads, completed", "39", "2018", _LEEDS, _NO_RATE, _DADS, "", "completed"),
    Baseline(
        "Caring Dads, children of those who completed",
        "102",
        "2018",
        _LEEDS,
        "Each child counted once.",
        _DADS,
        "",
        "children_of_completers",
    ),
    Baseline(
        "Caring Dads, cost of each completion",
        "£3,846",
        "2018",
        _LEEDS,
        "£150,000 a year over 39 completions; what an earlier ending achieved is not counted. "
        "Ours stands under Cost of each completion.",
    ),
    Baseline(
        "Domestic violence protection orders made",
        "49",
        "2018",
        _LEEDS,
        _NO_BREACH_RATE,
        "",
        "dvpo",
        "made",
    ),
    Baseline(
        "Breaches of them recorded",
        "13",
        "2018",
        _LEEDS,
        _NO_BREACH_RATE,
        "",
        "dvpo",
        "breach_events_recorded",
    ),
    Baseline(
        "Caring Dads elsewhere, completed of starters",
        "190 of 300, 63.3% (57.7–68.6)",
        "evaluation",
        "NSPCC, evaluation of Caring Dads",
        "Another service, with another rule of completion.",
    ),
    Baseline(
        "CARA, kept to the caution",
        "87%",
        "national",
        "Hampton Trust, published figure",
        "No denominator was published with it.",
    ),
)
