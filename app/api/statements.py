"""Contacts and statements as JSON."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from app.documents.statements import as_text, make
from app.forms.contacts import MAKE_STATEMENT, RECORD_CONTACT, MakeStatement, RecordContact
from app.pages.contacts import contact_of
from app.pages.statements import is_unchanged, place_choices
from app.web.guard import actor_of, on
from outcomes.statements.queries import (
    StatementRow,
    statement,
    statement_with_hash,
    statements_of,
)
from outcomes.statements.referrer_queries import ReferrerContacts, referrer_contacts
from programmes.common.audit import note_reading
from programmes.common.errors import NotFound
from programmes.common.permissions import Resource, Verb
from programmes.contacts.commands import record_contact
from programmes.contacts.queries import ContactRow, contacts_of
from programmes.people.queries import person

AnyRequest = Request[Any, Any, Any]


class StatementWhole(msgspec.Struct, frozen=True):
    statement: StatementRow
    text: str
    is_unchanged: bool


@get("/referrer-contacts", **on(Resource.CONTACT, Verb.READ))
async def api_owed(request: AnyRequest) -> list[ReferrerContacts]:
    return await referrer_contacts(actor_of(request))


@get("/people/{person_id:uuid}/contacts", **on(Resource.CONTACT, Verb.READ))
async def api_contacts(request: AnyRequest, person_id: FromPath[UUID]) -> list[ContactRow]:
    actor = actor_of(request)
    await person(actor, person_id)
    await note_reading("contacts", person_id, person_id=person_id)
    return await contacts_of(actor, person_id)


@post("/people/{person_id:uuid}/contacts", **on(Resource.CONTACT, Verb.CREATE))
async def api_record_contact(
    request: AnyRequest, person_id: FromPath[UUID], data: JSONBody[RecordContact]
) -> list[ContactRow]:
    actor = actor_of(request)
    new = contact_of(RECORD_CONTACT.checked(data))
    await record_contact(person_id, new, actor=actor, now=request.app.state.clock.now())
    return await contacts_of(actor, person_id)


@get("/people/{person_id:uuid}/statements", **on(Resource.ATTENDANCE, Verb.READ))
async def api_statements(request: AnyRequest, person_id: FromPath[UUID]) -> list[StatementRow]:
    actor = actor_of(request)
    await person(actor, person_id)
    await note_reading("statements", person_id, person_id=person_id)
    return await statements_of(actor, person_id)


@post("/people/{person_id:uuid}/statements", **on(Resource.ATTENDANCE, Verb.READ))
async def api_make_statement(
    request: AnyRequest, person_id: FromPath[UUID], data: JSONBody[MakeStatement]
) -> StatementWhole:
    actor = actor_of(request)
    asked = MAKE_STATEMENT.checked(data, choices=await place_choices(actor, person_id))
    place = UUID(asked.place) if asked.place else None
    now = request.app.state.clock.now()
    made = await make(actor, person_id, asked.kind, enrolment_id=place, now=now)
    return _whole(await statement(actor, made))


@get("/statements/{statement_id:uuid}", **on(Resource.ATTENDANCE, Verb.READ))
async def api_statement(request: AnyRequest, statement_id: FromPath[UUID]) -> StatementWhole:
    found = await statement(actor_of(request), statement_id)
    await note_reading("statement", statement_id, person_id=found.person_id)
    return _whole(found)


@get("/statements/check", **on(Resource.ATTENDANCE, Verb.READ))
async def api_check(
    request: AnyRequest, digest: Annotated[str, QueryParameter(name="hash")] = ""
) -> StatementWhole:
    found = await statement_with_hash(actor_of(request), digest.strip().lower())
    if found is None:
        raise NotFound
    await note_reading("statement", found.id, person_id=found.person_id)
    return _whole(found)


def _whole(found: StatementRow) -> StatementWhole:
    return StatementWhole(found, as_text(found), is_unchanged(found))
