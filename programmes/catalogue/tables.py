"""Programmes and their versions, and the agencies that refer: data, not code."""

from piccolo.columns import ForeignKey
from piccolo.constraints import Unique
from piccolo.table import Table

from programmes.catalogue.words import ProgrammeStatus
from programmes.common.columns import (
    Privacy,
    day,
    document,
    instant,
    key,
    number,
    one_of,
    refers_to,
    text,
    version,
)
from programmes.common.db import WORK


class Programme(Table, db=WORK, tablename="programme"):
    """A programme by its code; whether it takes referrals and may be scheduled is its status."""

    id = key()
    code = text(Privacy.REFERENCE, unique=True)
    name = text(Privacy.REFERENCE)
    status = text(Privacy.REFERENCE)
    created_at = instant(Privacy.REFERENCE)
    version = version()
    known_status = one_of("status", ProgrammeStatus)


class ProgrammeVersion(Table, db=WORK, tablename="programme_version"):
    """One dated set of rules. Never changed: a new rule is a new version."""

    id = key()
    programme_id: ForeignKey[Programme] = refers_to(Programme)
    number = number(Privacy.REFERENCE)
    valid_from = day(Privacy.REFERENCE)
    source = text(Privacy.REFERENCE)
    rules = document(Privacy.REFERENCE)
    programme_version_once = Unique([programme_id, number])


class Agency(Table, db=WORK, tablename="agency"):
    """An organisation that refers, or is told."""

    id = key()
    name = text(Privacy.REFERENCE, unique=True)
    kind = text(Privacy.REFERENCE)
    known_kind = one_of(
        "kind",
        [
            "police",
            "probation",
            "social work",
            "youth justice",
            "hub",
            "family",
            "court",
            "self",
            "health",
            "other",
        ],
    )
