"""What became of a release after it was computed: later revisions, and records put right since."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from app import present
from outcomes.disclosure.release import Release
from outcomes.releases.correction_queries import CorrectionNoted
from outcomes.releases.correction_words import Corrected
from outcomes.releases.words import FrozenRelease, ReleaseFacts
from programmes.common.clock import london_date

WHAT = {
    Corrected.REGISTERS: "Registers of the period were entered or corrected",
    Corrected.DECISIONS: "Decisions on suitability of the period were entered or replaced",
    Corrected.ORDERS: "Orders of the period were entered or changed",
    Corrected.BREACHES: "Breaches of the period were entered or moved to another stage",
    Corrected.PLACES: "Places that ended in the period were changed",
}


class RevisionLine(Struct, frozen=True):
    when: str
    said: str
    href: str = ""


def revision_lines(
    family: Sequence[FrozenRelease], corrections: Sequence[CorrectionNoted]
) -> list[RevisionLine]:
    """`family`: the published releases of the same period and profile, oldest first."""
    frozen = [
        _revision(one, family[place - 1] if place else None) for place, one in enumerate(family)
    ]
    noted = [
        RevisionLine(
            present.long_date(one.corrected_on),
            f"{WHAT[one.what]}. These figures stand as frozen; the next yearly revision takes it "
            "in.",
        )
        for one in corrections
    ]
    return [*(line for line in frozen if line is not None), *noted]


def _revision(one: FrozenRelease, before: FrozenRelease | None) -> RevisionLine:
    when = present.long_date(_published_on(one.facts))
    href = f"/releases/{one.facts.id}"
    if before is None:
        return RevisionLine(when, "First published.", href)
    changed = changed_tables(before.figures, one.figures)
    said = f"Changed: {present.listed(changed)}." if changed else "No figure changed."
    return RevisionLine(when, f"Revision {one.facts.revision}. {said}", href)


def changed_tables(before: Release, after: Release) -> list[str]:
    """The titles of the tables whose print differs."""
    earlier = {table.code: table.cells for table in before.tables}
    return [table.title for table in after.tables if earlier.get(table.code) != table.cells]


def _published_on(facts: ReleaseFacts) -> date:
    assert facts.published_at is not None
    return london_date(facts.published_at)
