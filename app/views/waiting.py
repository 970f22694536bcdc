"""The waiting list in words and links."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from app import present
from app.labels import label, tag
from app.web.components import Cell, Chosen, Header, Tile
from programmes.referrals.waiting_queries import Lateness, WaitingRow
from programmes.referrals.waiting_rules import Standard, kept, why_here
from programmes.referrals.waiting_words import WaitingFilter, WaitingOrder
from programmes.referrals.words import RiskLevel, Route

YES_NO = {"yes": True, "no": False}
Query = dict[str, str]


def narrowed_by(query: Query, known_times: frozenset[str]) -> WaitingFilter:
    """What cannot be read narrows nothing."""
    risks, routes = {str(one) for one in RiskLevel}, {str(one) for one in Route}
    return WaitingFilter(
        RiskLevel(query["risk"]) if query["risk"] in risks else None,
        Route(query["route"]) if query["route"] in routes else None,
        YES_NO.get(query["interpreter"]),
        YES_NO.get(query["deadline"]),
        query["free"] if query["free"] in known_times else None,
    )


def order_of(text: str) -> WaitingOrder:
    return WaitingOrder(text) if text in set(WaitingOrder) else WaitingOrder.NEED


def chosen_of(path: str, query: Query) -> list[Chosen]:
    found = []
    for name in ("risk", "route", "interpreter", "deadline", "free"):
        if text := _said(name, query[name]):
            rest = {key: value for key, value in query.items() if key != name and value}
            found.append(Chosen(text, f"{path}?{urlencode(rest)}"))
    return found


def _said(name: str, value: str) -> str:
    """A filter in words; empty for one that cannot be read."""
    if name == "risk":
        return label(RiskLevel(value)) if value in set(RiskLevel) else ""
    if name == "route":
        return label(Route(value)) if value in set(Route) else ""
    if name == "free":
        return f"Can come: {value}" if value else ""
    words = {
        "interpreter": {"yes": "Interpreter", "no": "No interpreter"},
        "deadline": {"yes": "With a deadline", "no": "Without a deadline"},
    }
    return words[name].get(value, "")


def headers(path: str, query: Query, order: WaitingOrder, *, may_place: bool) -> list[Any]:
    """Those that sort bear the address that does it."""
    sorts = (
        ("Place", WaitingOrder.NEED),
        ("Person", WaitingOrder.NAME),
        ("Received", WaitingOrder.WAIT),
        ("To finish by", WaitingOrder.DEADLINE),
    )
    found: list[Any] = [
        Header(
            text,
            href=f"{path}?{urlencode({**{k: v for k, v in query.items() if v}, 'sort': by})}",
            sorted="ascending" if by is order else "",
        )
        for text, by in sorts
    ]
    found += ["Why here", "First contact", "Risk", "Status"]
    return [*found, "Find a place"] if may_place else found


def cells(row: WaitingRow, standard: Standard, *, today: date, may_place: bool) -> list[Any]:
    why = why_here(
        row.risk_level, deadline_on=row.deadline_on, waiting_since=row.waiting_since, today=today
    )
    spoken = f" {row.first_language}" if row.first_language else ""
    note = f"{row.reference}. Interpreter:{spoken}" if row.needs_interpreter else row.reference
    found: list[Any] = [
        str(row.place),
        Cell(row.person_name, f"/referrals/{row.id}", note=note),
        Cell(present.short_date(row.received_on), note=row.agency),
        present.short_date(row.deadline_on) if row.deadline_on else "No date",
        why,
        _contact(row, standard, today),
        Cell(tag=tag(row.risk_level)),
        Cell(tag=tag(row.status)),
    ]
    return [*found, Cell("Find a place", f"/referrals/{row.id}/place")] if may_place else found


def _contact(row: WaitingRow, standard: Standard, today: date) -> Cell:
    clock = kept(
        row.received_on, row.first_contact_on, allowed=standard.days_to_first_contact, today=today
    )
    days = present.count(clock.days, "day")
    words = f"After {days}" if clock.is_over else f"Not yet, {days}"
    return Cell(words, note="Later than our standard" if clock.is_breach else "")


def tiles(found: Lateness, standard: Standard) -> list[Tile]:
    """Of those received in the last 90 days: never a figure without what it is counted out of."""
    of = f"of {found.received} received in 90 days, all programmes"
    late = found.decided_late + found.undecided_late
    silent = found.contacted_late + found.not_contacted_late
    return [
        Tile(
            figure=str(late),
            name=f"later than {standard.days_to_decision} days to a decision",
            of=of,
            note=f"{found.undecided_late} of them still not decided",
        ),
        Tile(
            figure=str(silent),
            name=f"later than {standard.days_to_first_contact} days to first contact",
            of=of,
            note=f"{found.not_contacted_late} of them still without contact",
        ),
    ]
