"""Unmet need drawn: a bar for each quarter, cut by reason, each reason with its own pattern."""

from collections.abc import Sequence
from dataclasses import dataclass

from outcomes.reports.pictures import INK, WIDTH
from outcomes.reports.svg import Picture, ready_to_draw

_PATTERNS = ("", "//", "..", "xx", "\\\\", "oo", "--", "++", "**", "||", "/.", "x.", "o-")
_FILLS = ("#1d70b8", "#f3f2f1", "#b1b4b6", "#ffffff", "#d4e0ee", "#ffffff", "#f3f2f1")


@dataclass(frozen=True, slots=True)
class Layer:
    """One reason, with its people in each period."""

    label: str
    counts: tuple[int, ...]


def stacked_periods(
    title: str, periods: Sequence[str], layers: Sequence[Layer], *, description: str
) -> Picture:
    ready_to_draw()
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(WIDTH, 3.4 + 0.24 * len(layers)), layout="constrained")
    axes = figure.subplots()
    base = [0] * len(periods)
    for place, layer in enumerate(layers):
        axes.bar(
            range(len(periods)), layer.counts, bottom=base, width=0.62, edgecolor=INK,
            linewidth=0.8, color=_FILLS[place % len(_FILLS)],
            hatch=_PATTERNS[place % len(_PATTERNS)], label=layer.label,
        )  # fmt: skip
        base = [low + count for low, count in zip(base, layer.counts, strict=True)]
    for at, total in enumerate(base):
        axes.text(at, total, str(total), ha="center", va="bottom", fontsize=10)
    axes.set(xticks=range(len(periods)), xticklabels=periods, ylabel="people", ylim=(0, None))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    if layers:
        figure.legend(loc="outside lower left", fontsize=9, frameon=False)
    return Picture(title, description, figure)
