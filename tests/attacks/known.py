"""Ids of records that are there, by the name that addresses and fields have for them."""

import random
from uuid import UUID

from app.demo.accounts import CAST
from programmes.common.db import Side
from tests.cast import Cast
from tests.wall.worlds import NAMED_IN_ADDRESSES

OF_WORK = {
    "person_id": "person",
    "agency_id": "agency",
    **NAMED_IN_ADDRESSES,
    "concern_id": "concern",
    "arrival_id": "unlisted_arrival",
    "correction_id": "mark_correction",
    "opening_id": "emergency_opening",
    "onward_id": "onward_referral",
    "waiting_id": "notice_waiting",
    "cost_id": "programme_cost",
    "figure_id": "partner_figure",
    "closure_id": "closure",
    "leave_id": "staff_leave",
    "accreditation_id": "staff_accreditation",
    "busy_id": "busy_time",
    "pair_id": "kept_apart",
    "change_id": "series_change",
    "evidence_id": "absence_evidence",
    "export_id": "export_ask",
    "row_id": "referral_import_row",
    "token_id": "auth.api_token",
    "hold_id": "legal_hold",
    "request_id": "subject_access",
}
OF_SURVIVORS = {
    "survivor_id": "survivor",
    "link_id": "link",
    "held_id": "held_elsewhere",
    "veto_id": "veto",
    "hold_id": "hold",
    "request_id": "notice_request",
    "offer_id": "idva_offer",
    "exclusion_id": "survivor_exclusion",
    "place_id": "protected_place",
    "message_id": "her_message",
}
TEXTS = {
    "programme": ("cara", "caring-dads"),
    "slug": ("missed-session",),
    "code": ("cara", "dvpo"),
    "kind": ("dvpo",),
}
A_FEW = 8


async def known_values(cast: Cast) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: list(values) for name, values in TEXTS.items()}
    for side, tables in ((Side.WORK, OF_WORK), (Side.SURVIVOR, OF_SURVIVORS)):
        async with cast.owner(side) as owner:
            for name, table in tables.items():
                rows = await owner.fetch(f"SELECT id FROM {table} ORDER BY id LIMIT {A_FEW}")
                found[name] = [*found.get(name, []), *(str(row["id"]) for row in rows)]
    return {name: values for name, values in found.items() if values}


def one_of(known: dict[str, list[str]], name: str, source: random.Random) -> str | None:
    """Three times in four something that is there, where anything is."""
    values = known.get(name)
    return source.choice(values) if values and source.random() < 0.75 else None


async def everybody_signed_in(cast: Cast) -> None:
    for person in CAST:
        await cast.token(person.email)


NOBODY = UUID(int=7)
