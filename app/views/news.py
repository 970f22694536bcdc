"""News from the other side, in words: for the day's page and for one survivor's."""

import base64
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from app import present
from app.forms.fields import Choice
from app.forms.form import Choices
from app.labels import label, tag
from app.labels.orders import order_words
from app.web.components import Cell, Tag
from outcomes.survivors.news_queries import News, SettledNews
from outcomes.survivors.support_words import NewsKey
from outcomes.survivors.words import ChangeKind
from programmes.common.clock import london_date
from programmes.common.errors import Invalid

_ABOUT_ORDERS = (ChangeKind.BREACH, ChangeKind.ORDER_ENDING)
OUT_OF_DATE = "Something changed while you were writing. Look at the list again."


def about_words(kind: ChangeKind, about: str) -> str:
    return order_words(about) if kind in _ABOUT_ORDERS else about


def when_cell(on: date, today: date) -> Cell:
    return Cell(present.day_and_date(on), note=present.days_from_today(on, today))


def head_start_cell(one: News, now: datetime) -> Cell:
    """How long until letters about it may go to him."""
    if one.hears_at is None:
        return Cell("Knows it already" if one.change.on <= london_date(now) else "Knows the date")
    if one.hears_at <= now:
        said = present.short_date_and_time(one.hears_at)
        return Cell(tag=Tag("May have been told", "orange"), note=f"Since {said}")
    at = present.short_date_and_time(one.hears_at)
    left = present.remaining(one.hears_at, now)
    return Cell(tag=Tag("Head start", "green"), note=f"{left}, until {at}")


def news_cells(one: News, now: datetime, today: date) -> list[Any]:
    """A row of one survivor's own page."""
    return [
        Cell(tag=tag(one.change.kind)),
        Cell(one.person_name, note=about_words(one.change.kind, one.change.about)),
        when_cell(one.change.on, today),
        head_start_cell(one, now),
    ]


def settled_cells(one: SettledNews) -> list[Any]:
    return [
        Cell(tag=tag(one.kind), note=about_words(one.kind, one.about)),
        present.short_date(one.happened_on),
        label(one.outcome),
        Cell(present.short_date_and_time(one.told_at), note=one.recorded_by or ""),
    ]


def news_choices(news: Sequence[News]) -> Choices:
    return {
        "news": [
            Choice(
                as_text(one.key),
                f"{label(one.change.kind)}, {present.day_and_date(one.change.on)}",
                _choice_words(one),
            )
            for one in news
        ]
    }


def _choice_words(one: News) -> str:
    """With when it was written down, by which two of one day are told apart."""
    said = f"{one.person_name}, {about_words(one.change.kind, one.change.about)}"
    at = one.change.known_at
    return f"{said}, written down {present.short_date_and_time(at)}" if at else said


def as_text(key: NewsKey) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode()


def from_text(text: str) -> NewsKey:
    """Raises Invalid for what no page has given out."""
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(text), type=NewsKey)
    except (ValueError, msgspec.DecodeError):
        raise Invalid({"news": OUT_OF_DATE}) from None
