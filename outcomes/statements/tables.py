"""Statements that were made: what they said, and their hash."""

from piccolo.columns import ForeignKey
from piccolo.table import Table

from outcomes.statements.words import StatementKind
from programmes.common.columns import (
    Privacy,
    document,
    instant,
    key,
    loose_id,
    one_of,
    refers_to,
    text,
)
from programmes.common.db import WORK
from programmes.people.tables import Person


class Statement(Table, db=WORK, tablename="statement"):
    """One paper as it was made. Appended, never altered."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    kind = text(Privacy.RECORD)
    says = document(Privacy.HIS)
    hash = text(Privacy.RECORD, index=True)
    made_at = instant(Privacy.RECORD)
    made_by = loose_id(Privacy.RECORD)
    known_kind = one_of("kind", StatementKind)
