"""Published board reports: frozen, hashed, and read by everybody who may read figures."""

from piccolo.constraints import Unique
from piccolo.table import Table

from programmes.common.columns import (
    Privacy,
    day,
    document,
    instant,
    key,
    loose_id,
    one_of,
    rule,
    secret_bytes,
    text,
)
from programmes.common.db import WORK


class Release(Table, db=WORK, tablename="release"):
    """One frozen set of tables for one period in one profile. Its figures never change.

    `prepared_by` proposed it for publication; only somebody else may publish it.
    """

    id = key()
    title = text(Privacy.REFERENCE)
    profile = text(Privacy.REFERENCE)
    period_from = day(Privacy.REFERENCE)
    period_until = day(Privacy.REFERENCE)
    tables = document(Privacy.REFERENCE)
    hash = secret_bytes(Privacy.REFERENCE)
    computed_at = instant(Privacy.REFERENCE)
    published_at = instant(Privacy.REFERENCE, null=True)
    prepared_by = loose_id(Privacy.REFERENCE, null=True)
    published_by = loose_id(Privacy.REFERENCE, null=True)
    known_profile = one_of("profile", ["partnership", "public"])
    in_order = rule("period_until > period_from")
    second_person = rule("published_by IS NULL OR published_by <> prepared_by")
    proposed_then_published = rule(
        "(published_at IS NULL) = (published_by IS NULL) "
        "AND (published_by IS NULL OR prepared_by IS NOT NULL)"
    )
    release_once = Unique([profile, period_from, period_until, computed_at])
