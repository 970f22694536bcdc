"""How long the original offence can still be prosecuted: what a broken caution falls back on."""

from datetime import date

from programmes.common.errors import Invalid
from programmes.orders.clock_laws import (
    ASSAULT_LIMIT_OF_2022,
    ASSAULT_OFFENCE_LAW,
    ASSAULT_STATEMENT_LAW,
    SUMMARY_PROSECUTION_LAW,
)
from programmes.orders.clocks import Deadline, deadline


def summary_limit(offence_on: date) -> Deadline:
    """Six months after the offence, for any offence that only magistrates can try.

    Source: Magistrates' Courts Act 1980 s.127(1).
    """
    return deadline(SUMMARY_PROSECUTION_LAW, offence_on)


def domestic_assault_limit(offence_on: date, *, statement_on: date | None) -> Deadline:
    """Common assault or battery that is domestic abuse: the longer limit once a statement is made.

    `statement_on` is the day of the first witness statement or recorded interview. With it, both
    two years from the offence and six months from that day bind, so the earlier is due; without
    it the ordinary six months run. Held for offences from 28 June 2022, which is the cautious
    reading of its beginning. Raises Invalid where the statement is before the offence.
    Source: Criminal Justice Act 1988 s.39A(2)-(4).
    """
    if statement_on is None or offence_on < ASSAULT_LIMIT_OF_2022:
        return summary_limit(offence_on)
    if statement_on < offence_on:
        raise Invalid({"statement_on": "The statement is before the offence."})
    both = (
        deadline(ASSAULT_OFFENCE_LAW, offence_on),
        deadline(ASSAULT_STATEMENT_LAW, statement_on),
    )
    return min(both, key=lambda limit: limit.due_at)
