"""Facts: appended in the transaction of the command that makes them true."""

from piccolo.columns import ForeignKey
from piccolo.constraints import Unique
from piccolo.table import Table

from programmes.common.columns import Privacy, instant, key, loose_id, one_of, refers_to, text
from programmes.common.db import WORK
from programmes.facts.words import FactKind
from programmes.people.tables import Person


class Fact(Table, db=WORK, tablename="fact"):
    """Something that happened to one person, and whether anything came of it yet."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    kind = text(Privacy.RECORD)
    about_id = loose_id(Privacy.KEY)
    step = text(Privacy.RECORD)
    happened_at = instant(Privacy.RECORD)
    recorded_at = instant(Privacy.RECORD)
    reacted_at = instant(Privacy.RECORD, null=True)
    known_kind = one_of("kind", FactKind)
    fact_once = Unique([kind, about_id, step])
