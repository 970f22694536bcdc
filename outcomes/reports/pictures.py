"""Charts of a report: plain in black and white, every figure written out beside its shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcomes.reports.sentences import rate_in_words
from outcomes.reports.svg import Picture, ready_to_draw
from outcomes.reports.words import Curve, Rate

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 5.2  # inches: a phone shows the letters at their own size
INK = "#0b0c0c"
FILL = "#8eb8dc"
BAND = "#d2e2f1"
HATCHES = ("", "///", "--", "xx", "||", "\\\\")
TONES = ("#f3f2f1", "#5694ca", "#d2e2f1", "#ffffff", "#b1b4b6", "#8eb8dc")
DASHES = ("-", "--", ":", "-.")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of shares, 0 to 1, with its interval and the words that stand at its end."""

    label: str
    share: float | None
    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole, or one stage; `size` is None where the figure is hidden."""

    label: str
    size: int | None
    words: str


def bar_of(label: str, of: Rate) -> Bar:
    """The bar of an exact rate."""
    return Bar(label, of.share, of.low, of.high, rate_in_words(of))


def bars_with_intervals(title: str, bars: Sequence[Bar], *, description: str) -> Picture:
    """Shares from nought to all, each with its 95% interval as a whisker."""
    figure, axes = _canvas(0.9 + 0.62 * len(bars))
    for place, bar in enumerate(bars):
        axes.text(0.6, place - 0.42, f"{bar.label}: {bar.words}", va="bottom", fontsize=10)
        if bar.share is None or bar.low is None or bar.high is None:
            continue
        axes.barh(place, 100 * bar.share, height=0.5, color=FILL, edgecolor=INK, linewidth=0.8)
        ends = [[100 * (bar.share - bar.low)], [100 * (bar.high - bar.share)]]
        axes.errorbar(100 * bar.share, place, xerr=ends, color=INK, capsize=4, linewidth=1.4)
    axes.set(xlim=(0, 100), ylim=(len(bars) - 0.4, -0.85), yticks=[], xlabel="per cent")
    axes.spines["left"].set_visible(True)
    return Picture(title, description, figure)


def whole_in_parts(
    title: str, parts: Sequence[Part], *, description: str, whole: int = 0
) -> Picture:
    """One bar cut into its parts in the order given, with a key of pattern and words below.

    A hidden part has no width; its words say that it is hidden. Where they make less than the
    `whole`, the bar stays open by what is hidden: the parts that are known are not stretched.
    """
    figure, axes = _canvas(1.1 + 0.36 * len(parts))
    whole, start = max(whole, sum(part.size or 0 for part in parts)) or 1, 0.0
    _outlined(axes)
    for place, part in enumerate(parts):
        width = 100 * (part.size or 0) / whole
        if part.size:
            _patterned(axes, place, left=start, width=width, bottom=0.0, height=0.9)
        row = -0.75 - 0.62 * place
        if part.size is not None:
            _patterned(axes, place, left=0, width=5, bottom=row, height=0.42)
        axes.text(7, row + 0.21, f"{part.label}: {part.words}", va="center", fontsize=10.5)
        start += width
    axes.set(xlim=(-0.5, 100.5), ylim=(-0.5 - 0.62 * len(parts), 1.0))
    axes.set_axis_off()
    return Picture(title, description, figure)


def _outlined(axes: "Axes") -> None:
    from matplotlib.patches import Rectangle

    frame = Rectangle((0, 0), 100, 0.9, fill=False, edgecolor=INK, linestyle=":", linewidth=1.0)
    axes.add_patch(frame)


def _patterned(
    axes: "Axes", place: int, *, left: float, width: float, bottom: float, height: float
) -> None:
    from matplotlib.patches import Rectangle

    tone, hatch = TONES[place % len(TONES)], HATCHES[place % len(HATCHES)]
    shape = Rectangle(
        (left, bottom), width, height, facecolor=tone, edgecolor=INK, hatch=hatch, linewidth=0.8
    )
    axes.add_patch(shape)


def funnel(title: str, stages: Sequence[Part], *, description: str) -> Picture:
    """How many reach each stage, on one scale from nought, first stage at the top."""
    figure, axes = _canvas(0.3 + 0.62 * len(stages))
    largest = max((stage.size or 0 for stage in stages), default=0) or 1
    for place, stage in enumerate(stages):
        axes.text(
            0.006 * largest,
            place - 0.42,
            f"{stage.label}: {stage.words}",
            va="bottom",
            fontsize=10.5,
        )
        if stage.size is not None:
            axes.barh(place, stage.size, height=0.5, color=FILL, edgecolor=INK, linewidth=0.8)
    axes.set(xlim=(0, 1.02 * largest), ylim=(len(stages) - 0.55, -0.85), yticks=[], xticks=[])
    axes.spines["bottom"].set_visible(False)
    return Picture(title, description, figure)


def curves_over_time(
    title: str, curves: Sequence[tuple[str, Curve]], *, unit: str, description: str
) -> Picture:
    """Kaplan–Meier curves with their 95% bands and the number still watched below.

    Each step is a person: a curve stays inside the service and never goes into a release.
    """
    drawn = [(label, curve) for label, curve in curves if curve.points]
    figure, axes, below = _canvas_with_room_below(3.0, 0.45 * len(drawn) + 0.1)
    last = max((curve.points[-1].at for _label, curve in drawn), default=1)
    ticks = range(0, last + 1, max(1, -(-last // 6)))
    for place, (label, curve) in enumerate(drawn):
        _curve(axes, curve, dash=DASHES[place % len(DASHES)], label=label)
        _still_watched(below, curve, label=label, row=place, ticks=ticks)
    axes.set(ylim=(0, 103), xlim=(0, last), xlabel=unit, ylabel="per cent", xticks=list(ticks))
    axes.legend(loc="lower left", frameon=True, edgecolor=INK, fontsize=10)
    below.set(xlim=(0, last), ylim=(len(drawn), 0))
    return Picture(title, description, figure)


def _curve(axes: "Axes", curve: Curve, *, dash: str, label: str) -> None:
    at = [point.at for point in curve.points]
    shares = [100 * point.share for point in curve.points]
    low = [100 * point.low for point in curve.points]
    high = [100 * point.high for point in curve.points]
    axes.fill_between(at, low, high, step="post", color=BAND, alpha=0.6, linewidth=0)
    for edge in (low, high):
        axes.step(at, edge, where="post", color=INK, linestyle=dash, linewidth=0.5)
    axes.step(at, shares, where="post", color=INK, linestyle=dash, linewidth=1.8, label=label)
    censored = [point for point in curve.points if point.censored]
    marks = [100 * point.share for point in censored]
    axes.plot([p.at for p in censored], marks, "|", color=INK, markersize=7)


def _still_watched(
    axes: "Axes", curve: Curve, *, label: str, row: int, ticks: Sequence[int]
) -> None:
    axes.text(0, row + 0.3, f"Still watched, {label}:", va="center", fontsize=9)
    for tick in ticks:
        watched = next((point.at_risk for point in curve.points if point.at >= tick), 0)
        axes.text(tick, row + 0.72, f"{watched}", ha="center", va="center", fontsize=9)


def _canvas_with_room_below(height: float, below: float) -> "tuple[Figure, Axes, Axes]":
    ready_to_draw()
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height + below), layout="constrained")
    upper, lower = figure.subplots(2, 1, height_ratios=(height, below))
    lower.set_axis_off()
    return figure, upper, lower


def _canvas(height: float) -> "tuple[Figure, Axes]":
    ready_to_draw()
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    return figure, figure.subplots()
