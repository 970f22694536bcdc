"""The pack that goes to a court or an issuer with a breach: gathered, hashed, set as a PDF."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from app import present
from app.documents.breach_pack_parts import consequences
from app.documents.same_words import STANDING, person_lines
from app.labels import label
from app.views.orders import order_facts
from app.web.components import Fact
from programmes.common.audit import note
from programmes.common.clock import london_date
from programmes.common.staff import Actor
from programmes.orders.breach_queries import BreachWhole, StageRow, breach, stages_of
from programmes.orders.queries import ChangeRow, changes_of, open_wording, order
from programmes.people.queries import person

_TEMPLATE = Path(__file__).resolve().parent / "breach_pack.typ"
_STANDING = f"{STANDING} What is alleged here is not thereby proved."


class Pack(msgspec.Struct, frozen=True):
    """Everything that is set, and the hash by which it can be checked."""

    reference: str
    facts: Mapping[str, Any]
    hash: str


async def gather(actor: Actor, breach_id: UUID, *, now: datetime) -> Pack:
    """Notes the opening of the wording and the disclosure of the whole. Raises NotFound."""
    found = await breach(actor, breach_id)
    broken = await order(actor, found.order_id)
    wording = await open_wording(actor, broken.id)
    told = await consequences(actor, found, now)
    facts: dict[str, Any] = {
        "title": f"Breach of {broken.law.name}",
        "reference": found.reference,
        "made": present.date_and_time(now),
        "standing": _STANDING,
        "person": person_lines(await person(actor, found.person_id)),
        "order": _plain(order_facts(broken, london_date(now))),
        "wording": wording.get(found.condition_id, "") if found.condition_id else "",
        "breach": _breach(found),
        "stages": [_stage(row) for row in reversed(await stages_of(actor, breach_id))],
        "changes": [_change(row) for row in reversed(await changes_of(actor, broken.id))],
        **told,
    }
    digest = hashlib.sha256(msgspec.json.encode(facts, order="sorted")).hexdigest()
    await note(
        "disclose",
        "make-breach-pack",
        resource="breach",
        row_id=breach_id,
        person_id=found.person_id,
        detail={"sha256": digest},
    )
    return Pack(found.reference, facts, digest)


def as_pdf(pack: Pack) -> bytes:
    """Tagged, so that it can be read aloud (PDF/UA-1). Half a second: call it in a thread."""
    import typst

    inputs = {"pack": msgspec.json.encode({**pack.facts, "hash": pack.hash}).decode()}
    made: bytes = typst.compile(
        _TEMPLATE, format="pdf", sys_inputs=inputs, pdf_standards="ua-1", ignore_system_fonts=True
    )
    return made


def _plain(facts: list[Fact]) -> list[list[str]]:
    return [[fact.name, str(fact.value)] for fact in facts]


def _breach(found: BreachWhole) -> list[list[str]]:
    rows = [
        ["Happened", present.date_and_time(found.occurred_at)],
        ["Reported", present.date_and_time(found.reported_at)],
        ["What happened", found.account or "Not recorded"],
        ["Evidence", found.evidence or "Not recorded"],
        ["Stage", label(found.stage)],
    ]
    for name, at in (("Arrested", found.arrested_at), ("Before court", found.court_at)):
        if at:
            rows.append([name, present.date_and_time(at)])
    return rows


def _stage(row: StageRow) -> str:
    when = present.date_and_time(row.happened_at or row.moved_at)
    return f"{label(row.after)}, {when}{f': {row.reason}' if row.reason else ''}"


def _change(row: ChangeRow) -> str:
    words = f"{present.sentence(row.what)} from {present.long_date(row.effective_on)}"
    return f"{words}: {row.reason}" if row.reason else words
