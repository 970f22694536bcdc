"""A referral's history as a programme book tells it: each change of status with its day."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from programmes.referrals.words import ReferralStatus
from scheduling.workbooks.meaning_rules import midday
from scheduling.workbooks.refusal_rules import target_status
from scheduling.workbooks.words import BookDecision, ReferralRow

_S = ReferralStatus
REFERRED_AGAIN = "Referred again."


class DatedMove(Struct, frozen=True):
    """A change of status on a day; `place` orders those of one day."""

    before: ReferralStatus | None
    after: ReferralStatus
    on: date
    reason: str | None = None
    place: int = 0

    @property
    def at(self) -> datetime:
        return midday(self.on) + timedelta(seconds=self.place)


def later_referrals(
    rows: Iterable[ReferralRow], joined_on: Mapping[str, date]
) -> dict[str, ReferralRow]:
    """Of several open referrals of one person to one programme, the last stands.

    By the ref of each that gives way, the one that it gives way to.
    """
    still_open: dict[tuple[str, str], list[ReferralRow]] = {}
    for row in rows:
        if target_status(row, has_place=row.ref in joined_on) is _S.WAITING:
            still_open.setdefault((row.person_ref, row.programme), []).append(row)
    found = {}
    for several in still_open.values():
        *earlier, last = sorted(several, key=lambda row: (row.received_on, row.row))
        found.update({row.ref: last for row in earlier})
    return found


def moves_of(
    row: ReferralRow, *, joined_on: date | None, later: ReferralRow | None
) -> list[DatedMove]:
    """From receipt to where it stands now, each on the day that the book gives."""
    moves = [DatedMove(None, _S.RECEIVED, row.received_on)]
    decided_on = row.decided_on or row.received_on
    match row.decision:
        case BookDecision.NOT_SUITABLE:
            moves.append(DatedMove(_S.RECEIVED, _S.NOT_SUITABLE, decided_on, row.reason))
        case BookDecision.CLOSED:
            moves.append(DatedMove(_S.RECEIVED, _S.CLOSED, decided_on, row.reason))
        case BookDecision.ACCEPTED | BookDecision.WAITING:
            moves.append(DatedMove(_S.RECEIVED, _S.WAITING, decided_on))
            if joined_on is not None:
                moves.append(DatedMove(_S.WAITING, _S.ENROLLED, joined_on))
            elif later is not None:
                moves.append(DatedMove(_S.WAITING, _S.CLOSED, later.received_on, REFERRED_AGAIN))
    return [replace(move, place=place) for place, move in enumerate(moves)]


def move_since(
    before: ReferralStatus,
    row: ReferralRow,
    *,
    joined_on: date | None,
    later: ReferralRow | None,
) -> DatedMove | None:
    """The one move that brings a stored referral to where the book says it stands now."""
    last = moves_of(row, joined_on=joined_on, later=later)[-1]
    if last.after is before:
        return None
    return replace(last, before=before)
