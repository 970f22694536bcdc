"""The second reader's answer, handed over through the login that may add rows and read none."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any
from uuid import UUID

from outcomes.subject_access.clearance_queries import CLEAR, request_to_clear
from outcomes.subject_access.rules import known_keys
from outcomes.subject_access.tables import SubjectAccessClearance
from programmes.common.audit import begin, name_act, note
from programmes.common.db import insert
from programmes.common.errors import Invalid, Refused
from programmes.common.ids import new_id
from programmes.common.staff import Actor

Opens = Callable[[], AbstractAsyncContextManager[Any]]


async def clear_access(
    request_id: UUID,
    left_out: Sequence[str],
    *,
    reader: Opens,
    writer: Opens,
    actor: Actor,
    now: datetime,
) -> None:
    """Every bundle is answered so, whether or not anybody here was harmed by them."""
    await begin(actor, CLEAR, "clear-access")
    async with reader():
        found, entries = await request_to_clear(request_id)
    if found.is_cleared:
        raise Refused("This request was cleared already.")
    if not set(left_out) <= known_keys(entries):
        raise Invalid({"left_out": "Choose from the list"})
    async with writer():
        await name_act("clear-access")
        await insert(
            SubjectAccessClearance,
            id=new_id(now),
            request_id=request_id,
            person_id=found.person_id,
            left_out=list(left_out),
            cleared_at=now,
        )
    await note(
        "disclose",
        "clear-access",
        resource="subject_access",
        row_id=request_id,
        person_id=found.person_id,
        detail={"left_out": len(left_out)},
    )
