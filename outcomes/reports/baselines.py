"""Figures that others have published, dated and sourced: to stand beside ours, never among them."""

from typing import Final

from msgspec import Struct


class Baseline(Struct, frozen=True):
    """`says` is what it may be used for; `but` what it may not."""

    name: str
    figure: str
    period: str
    source: str
    but: str


_LEEDS = "Leeds City Council, report to Executive Board, 2018"
BASELINES: Final = (
    Baseline("Caring Dads, reached", "90", "2018", _LEEDS, "39 of 90 is not a completion rate."),
    Baseline("Caring Dads, completed", "39", "2018", _LEEDS, "39 of 90 is not a completion rate."),
    Baseline("Children of those who completed", "102", "2018", _LEEDS, ""),
    Baseline(
        "Cost of each completion",
        "£3,846",
        "2018",
        _LEEDS,
        "£150,000 a year over 39 completions; what an earlier ending achieved is not counted.",
    ),
    Baseline(
        "Domestic violence protection orders, breaches recorded",
        "49, 13",
        "2018",
        _LEEDS,
        "13 of 49 (26.5 %, 16.2–40.3) is arithmetic, not a rate of orders breached.",
    ),
    Baseline(
        "Caring Dads elsewhere, completed of starters",
        "190 of 300, 63.3 % (57.7–68.6)",
        "evaluation",
        "NSPCC, evaluation of Caring Dads",
        "Another service, with another rule of completion.",
    ),
    Baseline(
        "CARA, kept to the caution",
        "87 %",
        "national",
        "Hampton Trust, published figure",
        "No denominator was published with it.",
    ),
)
