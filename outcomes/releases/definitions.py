"""How each published table and line is counted: whom out of whom, leaving out whom, since when.

A release is frozen with the version of each table's rules; what that version said stands here for
good, so that an old release can still be read as it was counted.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from outcomes.disclosure.words import ReleasedTable

FIRST_ON: Final = date(2026, 11, 22)
NOBODY: Final = "Nobody."
_COUNT: Final = "Nothing: it is a count."


class LineDefinition(Struct, frozen=True):
    counts: str
    out_of: str = _COUNT
    leaves_out: str = NOBODY


class TableDefinition(Struct, frozen=True):
    """One version of a table's rules. What is counted stands in the table itself, frozen."""

    out_of: str
    leaves_out: str
    since: date = FIRST_ON
    changed: str = ""


LINES: Final[Mapping[str, LineDefinition]] = {
    "referred": LineDefinition("Referrals received in the period."),
    "suitable": LineDefinition(
        "Referrals found suitable by a decision taken in the period.",
        leaves_out="Decisions that a later one replaced.",
    ),
    "reached": LineDefinition(
        "Different people who came to at least one session in the period.",
        leaves_out="People whose only contact was a call or a letter.",
    ),
    "started": LineDefinition(
        "Starts: the first session attended under a referral, where it fell in the period. "
        "Somebody who started under two referrals started twice.",
        leaves_out="Where a series is only joined from its beginning, whoever came later.",
    ),
    "due_to_finish": LineDefinition(
        "Places in groups whose last session was held in the period.",
        leaves_out="Groups that still run; whoever moved to another group or repeats a pair "
        "finishes with that one.",
    ),
    "due_and_completed": LineDefinition(
        "Places due to finish whose people met the completion rule of the version they enrolled "
        "on, or of whom a named person decided so; where there is a decision, it counts.",
        "All places due to finish in the period.",
        "Nobody; whoever is in a group that still runs is neither finished nor failed.",
    ),
    "due_and_not_completed": LineDefinition(
        "Places due to finish whose people did not meet their rule, whatever the reason.",
        "All places due to finish in the period.",
    ),
    "completed": LineDefinition(
        "Completions: places of people who met their rule in a group that ended in the period. "
        "Somebody who completed twice counts twice."
    ),
    "children": LineDefinition(
        "Different children of people who completed, each once.",
        leaves_out="Children whom nobody recorded.",
    ),
    "orders_made": LineDefinition(
        "DVPOs and DAPOs made in the period.",
        leaves_out="Orders that a court refused; notices, bail and cautions.",
    ),
    "breach_events": LineDefinition(
        "Events of the period recorded as a breach of such an order, at any stage.",
        leaves_out="Withdrawn ones. One event that broke two orders is one event.",
    ),
    "breach_events_established": LineDefinition(
        "Of those events, the ones admitted or proved.",
        leaves_out="Alleged, under arrest, before court, not proved.",
    ),
    "orders_breached": LineDefinition(
        "Orders on which a breach of the period was recorded.",
        leaves_out="The orders need not have been made in the period.",
    ),
    "orders_breached_established": LineDefinition(
        "Orders on which a breach of the period was admitted or proved.",
        leaves_out="The orders need not have been made in the period.",
    ),
    "clocks_due": LineDefinition(
        "Deadlines of the law for a hearing, or for court after an arrest, that fell due.",
        leaves_out="Orders whose times of service or arrest nobody entered.",
    ),
    "clocks_met": LineDefinition(
        "Deadlines met, as they stood a day after the period.",
        "All deadlines that fell due.",
        "What was met on one reading of the law only counts as not met.",
    ),
}
_ALL_IN_TABLE = "All that the table counts; the percentages are of the row's total."
_OF_ROW = (
    "All of the row: those who completed, and those who did not, apart. The percentages are "
    "of released values, with Wilson's 95% interval."
)
_NO_SERVICE = "Partners with whom no support service is in touch."
TABLES: Final[Mapping[tuple[str, int], TableDefinition]] = {
    ("activity", 1): TableDefinition("See each line.", "See each line."),
    ("orders", 1): TableDefinition("See each line.", "See each line."),
    ("routes", 1): TableDefinition(_ALL_IN_TABLE, NOBODY),
    ("waits", 1): TableDefinition(
        _ALL_IN_TABLE, "Those who still wait, and those who never came to a session."
    ),
    ("endings", 1): TableDefinition(
        _ALL_IN_TABLE, "Endings without a reason; whoever repeats a pair or moved to another group."
    ),
    ("unmet_need", 1): TableDefinition(
        _ALL_IN_TABLE, "People whom nobody referred because there is nothing for them."
    ),
    ("partner_safety", 1): TableDefinition(_OF_ROW, _NO_SERVICE),
    ("partner_safety_3y", 1): TableDefinition(_OF_ROW, _NO_SERVICE),
    ("afterwards", 1): TableDefinition(
        _OF_ROW, "Groups whose half year afterwards ends in another year, or is not over."
    ),
    ("programme_outcomes", 1): TableDefinition(_ALL_IN_TABLE, "Groups that still run."),
    ("people_equality", 1): TableDefinition(
        _ALL_IN_TABLE, "Nobody; who did not say stands under not stated."
    ),
    ("safety_themes", 1): TableDefinition(
        "Everybody asked at the start in the year, under every theme.",
        "Partners who were never asked.",
    ),
}
_UNKNOWN = TableDefinition("Not told.", "Not told.")


def table_definition(table: ReleasedTable) -> TableDefinition:
    """What the version with which the table was frozen said."""
    return TABLES.get((table.code, table.version), _UNKNOWN)


def line_definition(code: str) -> LineDefinition:
    return LINES[code]
