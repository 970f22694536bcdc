"""Reckon one deadline of the law; nothing is stored and no database is needed."""

import argparse
import json
from datetime import date, datetime

from app import present
from app.cli import BAD_USAGE, DONE, REFUSED, say_no
from app.settings import Settings
from programmes.common.clock import LONDON
from programmes.common.errors import Invalid, Refused
from programmes.common.wall_time import read_moment
from programmes.common.working_days import CALENDARS, why_left_out
from programmes.orders.clock_laws import CLOCK_LAWS
from programmes.orders.clocks import Deadline, deadline
from programmes.orders.words import AUTHORITY_NAMES, Authority, ClockKind, ClockLaw, Unit

SUMMARY = "When a hearing, a court, a notification or an expiry is due (stores nothing)"
_RANKS = sorted(
    {t.authority.value for law in CLOCK_LAWS.values() for t in law.tiers if t.authority}
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "kinds:\n" + "\n".join(
        f"  {law.kind:<20} from {law.runs_from}: {law.name}" for law in CLOCK_LAWS.values()
    )
    parser.add_argument("kind", choices=sorted(CLOCK_LAWS), metavar="KIND", help="listed below")
    parser.add_argument(
        "--from",
        dest="start",
        required=True,
        metavar="TIME",
        help='wall time in London, "2026-08-29 11:00"; a date is enough for days and months; '
        "write +01:00 or +00:00 after a time that came twice",
    )
    parser.add_argument("--days", type=int, help="how many days the order lasts")
    parser.add_argument("--months", type=int, help="how many months")
    parser.add_argument("--rank", choices=_RANKS, help="who gives or extends pre-charge bail")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace, settings: Settings) -> int:
    law = CLOCK_LAWS[ClockKind(args.kind)]
    misused = _misused_options(law, args)
    if misused:
        return say_no(misused, BAD_USAGE, as_json=args.json)
    try:
        start = read_moment(args.start, field="from")
        found = deadline(law, start, amount=_amount(law, args), authority=_rank(args))
    except Refused as refused:
        return say_no(refused.reasons, REFUSED, as_json=args.json)
    except Invalid as invalid:
        missing = law.unit.value in invalid.errors
        code = BAD_USAGE if missing else REFUSED
        return say_no(invalid.errors.values(), code, as_json=args.json)
    print(json.dumps(_document(found)) if args.json else _page(law, start, found))
    return DONE


def _misused_options(law: ClockLaw, args: argparse.Namespace) -> tuple[str, ...]:
    given = {Unit.DAYS: args.days, Unit.MONTHS: args.months}
    wrong = [
        f"--{unit} does not go with {law.kind}: it runs in {law.unit}."
        for unit, amount in given.items()
        if amount is not None and unit is not law.unit
    ]
    if args.rank and all(tier.authority is None for tier in law.tiers):
        wrong.append(f"--rank does not go with {law.kind}: its length depends on no rank.")
    return tuple(wrong)


def _amount(law: ClockLaw, args: argparse.Namespace) -> int | None:
    amount: int | None = args.months if law.unit is Unit.MONTHS else args.days
    return amount


def _rank(args: argparse.Namespace) -> Authority | None:
    return Authority(args.rank) if args.rank else None


def _document(found: Deadline) -> dict[str, str | list[str]]:
    return {
        "due_at": found.due_at.astimezone(LONDON).isoformat(timespec="minutes"),
        "calendar": found.calendar,
        "left_out": [day.isoformat() for day in found.left_out],
        "doubtful": [day.isoformat() for day in found.doubtful],
        "source": found.source,
    }


def _page(law: ClockLaw, start: datetime | date, found: Deadline) -> str:
    calendar = CALENDARS[found.calendar]
    lines = [
        ("Clock", law.name),
        ("From", f"{_moment(start)}, {law.runs_from}"),
        ("Length", _length(found)),
        ("Due", present.deadline(found.due_at)),
        ("Calendar", calendar.name),
        *(
            ("Left out", f"{present.full_date(day)} ({why_left_out(day, calendar)})")
            for day in found.left_out
        ),
        *(("Doubtful", _doubt(day, found)) for day in found.doubtful),
        ("Source", found.source),
    ]
    return "\n".join(f"{label:<10}{words}" for label, words in lines)


def _moment(start: datetime | date) -> str:
    if isinstance(start, datetime):
        return present.date_and_time(start)
    return present.full_date(start)


def _length(found: Deadline) -> str:
    length = f"{found.amount} {found.unit}"
    return f"{length}, {AUTHORITY_NAMES[found.authority]}" if found.authority else length


def _doubt(day: date, found: Deadline) -> str:
    later = present.deadline(found.later_due_at) if found.later_due_at else ""
    return f"{present.full_date(day)}: the earlier reading is shown; the other is {later}"
