"""A register on paper, for a venue without network: opaque references, no names, no programme."""

from pathlib import Path
from uuid import UUID

import msgspec

from app import present
from app.labels import label
from programmes.catalogue.queries import version as programme_version
from programmes.common.clock import london_date
from programmes.common.staff import Actor
from scheduling.cohorts.queries import cohort, places_at, session
from scheduling.cohorts.words import LIVE_PLACES

_TEMPLATE = Path(__file__).parent / "register_sheet.typ"


class Sheet(msgspec.Struct, frozen=True):
    """All that is printed. `lines` are references, in an order that says nothing of names."""

    title: str
    when: str
    marks: list[str]
    lines: list[str]


async def sheet_of(actor: Actor, session_id: UUID) -> Sheet:
    """Raises NotFound for a session that this person may not see."""
    found = await session(actor, session_id)
    group = await cohort(actor, found.cohort_id)
    rules = (await programme_version(group.programme_version_id)).rules
    places = await places_at(actor, session_id)
    return Sheet(
        title=f"Register, group {group.reference}, session {found.number}",
        when=f"{present.full_date(london_date(found.starts_at))}, "
        f"{present.time_span(found.starts_at, found.ends_at)}",
        marks=[label(rule.code) for rule in rules.marks],
        lines=sorted(one.person_reference for one in places if one.status in LIVE_PLACES),
    )


def as_pdf(sheet: Sheet) -> bytes:
    """Tagged, so that it can be read aloud (PDF/UA-1). Half a second: call it in a thread."""
    import typst

    made: bytes = typst.compile(
        _TEMPLATE,
        format="pdf",
        sys_inputs={"sheet": msgspec.json.encode(sheet).decode()},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
    )
    return made
