"""plan-series: prints the dated sessions of a cohort that is not yet made; writes nothing."""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from datetime import date, datetime, time

from app.cli import BAD_USAGE, DONE, REFUSED, say_no
from app.series_source import series_source
from app.settings import Settings
from programmes.catalogue.rules import reasons_cannot_start_cohort, version_on
from programmes.catalogue.seeds import PROGRAMMES
from programmes.catalogue.words import Programme
from programmes.common.clock import LONDON
from programmes.common.errors import Invalid, Refused
from scheduling.calendars.rules import LONGEST_CLOSURE_DAYS, ClosedDays
from scheduling.calendars.words import Closure, ClosureKind
from scheduling.sessions.rules import plan_series
from scheduling.sessions.words import PlannedSession, SeriesPlan, Weekday, WeeklySlot

SUMMARY = "Print the dated sessions of a series, without a change to anything"

_WEEKDAYS = {day.name.lower(): day for day in Weekday}
_SLOT_HELP = "write a weekday and a time, such as 'tuesday 18:00'"
_CLOSED_HELP = "write the first and the last day, such as 2026-12-22..2027-01-01"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    codes = ", ".join(programme.code for programme in PROGRAMMES)
    parser.add_argument(
        "--programme",
        required=True,
        metavar="CODE",
        help=f"{codes}, or whatever else is entered in this home",
    )
    parser.add_argument(
        "--from",
        dest="first_day",
        required=True,
        metavar="DATE",
        help="begin with the first slot on or after this day (2026-09-08)",
    )
    parser.add_argument(
        "--slot",
        dest="slots",
        action="append",
        required=True,
        metavar="SLOT",
        help=f"{_SLOT_HELP}; may be given more than once",
    )
    parser.add_argument(
        "--closed",
        action="append",
        default=[],
        metavar="DAYS",
        help=f"days that the service is closed: {_CLOSED_HELP}; may be given more than once",
    )
    parser.add_argument("--json", action="store_true", help="one JSON document, a list of sessions")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """From the versions and closed days that this home holds; a home without records needs none."""
    try:
        plan = _plan(args, settings)
    except Invalid as error:
        return say_no(error.errors.values(), BAD_USAGE, as_json=args.json)
    except Refused as error:
        return say_no(error.reasons, REFUSED, as_json=args.json)
    for warning in plan.warnings:
        print(f"Note: {warning.says}", file=sys.stderr)
    for skipped in plan.skipped:
        print(f"Left out: {skipped.on:%A %d %B %Y} ({skipped.why}).", file=sys.stderr)
    print(_as_json(plan) if args.json else _as_text(plan))
    return DONE


def _plan(args: argparse.Namespace, settings: Settings) -> SeriesPlan:
    first_day = day_of(args.first_day)
    slots = [slot_of(text) for text in args.slots]
    closed = [closure_of(text) for text in args.closed]
    source = series_source(settings)
    programme = programme_named(args.programme, source.programmes)
    reasons = reasons_cannot_start_cohort(programme)
    if reasons:
        raise Refused(*reasons)
    version = version_on(programme.versions, first_day)
    return plan_series(
        version, first_day=first_day, slots=slots, closures=ClosedDays([*source.closures, *closed])
    )


def programme_named(code: str, among: Sequence[Programme]) -> Programme:
    """Raises Invalid for a code that no programme has."""
    for programme in among:
        if programme.code == code:
            return programme
    codes = ", ".join(programme.code for programme in among)
    raise Invalid({"programme": f"There is no programme {code!r}. There are: {codes}."})


def day_of(text: str) -> date:
    """Raises Invalid for what is not a day written as 2026-09-08."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        raise Invalid(
            {"from": f"{text!r} is not a day: write the year, month and day, such as 2026-09-08."}
        ) from None


def slot_of(text: str) -> WeeklySlot:
    """Raises Invalid for what is not a weekday, or its first letters, and a time of day."""
    wanted = re.fullmatch(r"\s*([a-z]{3,9})\s+(\d{1,2}):(\d{2})\s*", text.lower(), re.ASCII)
    days = [d for name, d in _WEEKDAYS.items() if wanted and name.startswith(wanted[1])]
    if wanted is None or not days:
        raise Invalid({"slot": f"{text!r} is not a weekly slot: {_SLOT_HELP}."})
    hour, minute = int(wanted[2]), int(wanted[3])
    if hour > 23 or minute > 59:
        raise Invalid({"slot": f"{text!r} has no such time of day: {_SLOT_HELP}."})
    return WeeklySlot(days[0], time(hour, minute))


def closure_of(text: str) -> Closure:
    """Raises Invalid for what is not two days, the second not before the first nor years later."""
    first, _, last = text.partition("..")
    from_on, until_on = day_of(first), day_of(last or first)
    if until_on < from_on:
        raise Invalid({"closed": f"{text!r} does not end after it begins: {_CLOSED_HELP}."})
    if (until_on - from_on).days > LONGEST_CLOSURE_DAYS:
        raise Invalid({"closed": f"{text!r} is too long: at most {LONGEST_CLOSURE_DAYS} days."})
    return Closure(
        kind=ClosureKind.SERVICE, from_on=from_on, until_on=until_on, why="the service is closed"
    )


def _as_json(plan: SeriesPlan) -> str:
    return json.dumps([_listed(session) for session in plan.sessions], indent=2)


def _listed(session: PlannedSession) -> dict[str, int | str]:
    return {
        "number": session.number,
        "module": session.module,
        "kind": session.kind.value,
        "starts_at": session.starts_at.astimezone(LONDON).isoformat(),
        "ends_at": session.ends_at.astimezone(LONDON).isoformat(),
    }


def _as_text(plan: SeriesPlan) -> str:
    return "\n".join(
        f"{session.number:>3}  module {session.module}  {session.kind:<10}  "
        f"{session.starts_at.astimezone(LONDON):%a %d %b %Y %H:%M}"
        f"-{session.ends_at.astimezone(LONDON):%H:%M}"
        for session in plan.sessions
    )
