"""Published board reports: frozen, hashed, and read by everybody who may read figures."""

from piccolo.columns import ForeignKey
from piccolo.constraints import Unique
from piccolo.table import Table

from outcomes.releases.correction_words import CORRECTED
from programmes.common.columns import (
    Privacy,
    day,
    document,
    instant,
    key,
    loose_id,
    one_of,
    refers_to,
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


class PartnerFigure(Table, db=WORK, tablename="partner_figure"):
    """A figure of the strategy that a partner supplied, with its source and its date.

    It is the partner's own published figure: nothing here was counted for it. A mistake is
    withdrawn and entered again.
    """

    id = key()
    measure = text(Privacy.REFERENCE, index=True)
    what = text(Privacy.REFERENCE)
    value = text(Privacy.REFERENCE)
    from_on = day(Privacy.REFERENCE)
    until_on = day(Privacy.REFERENCE)
    source = text(Privacy.REFERENCE)
    supplied_on = day(Privacy.REFERENCE)
    entered_at = instant(Privacy.RECORD)
    entered_by = loose_id(Privacy.RECORD)
    withdrawn_at = instant(Privacy.RECORD, null=True)
    withdrawn_by = loose_id(Privacy.RECORD, null=True)
    in_order = rule("until_on > from_on")
    withdrawn_by_somebody = rule("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)")


class ReleaseCorrection(Table, db=WORK, tablename="release_correction"):
    """That records of a release's period were entered or corrected after it was computed.

    It says what kind of record and on which day, and not how many: a number of corrections
    beside a revised table could tell what was corrected.
    """

    id = key()
    release_id: ForeignKey[Release] = refers_to(Release)
    what = text(Privacy.REFERENCE)
    corrected_on = day(Privacy.REFERENCE)
    noted_at = instant(Privacy.RECORD)
    known_what = one_of("what", CORRECTED)
    correction_once = Unique([release_id, what, corrected_on])
