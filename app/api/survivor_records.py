"""What is changed in a survivor's record, as JSON: the same forms, the same commands."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from app.api.texts import Words
from app.forms.survivors import (
    ERASE_SURVIVOR,
    GIVE_CONSENT,
    LINK_PERSON,
    LOG_ATTEMPT,
    WRITE_SAFE_CONTACT,
    EraseSurvivor,
    GiveConsent,
    LinkPerson,
    LogAttempt,
    WriteSafeContact,
)
from app.pages.news import NewsOf, news_of
from app.pages.survivor import opened_contact, overview_of
from app.pages.survivor_records import consent_kind, contact_details
from app.pages.survivors import person_behind
from app.safekeeping.her_side import her_side
from app.views.survivor import opened
from app.web.guard import actor_of, on
from outcomes.survivors.commands import (
    destroy_data_key,
    link_person,
    record_attempt,
    record_consent,
    record_safe_contact,
    unlink_person,
)
from outcomes.survivors.news_commands import settle_news
from outcomes.survivors.overview_queries import Overview
from outcomes.survivors.queries import ConsentRow, consent_history
from outcomes.survivors.support_words import NewsKey, Told
from outcomes.survivors.words import SafeContactDetails
from programmes.common.audit import note_reading
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_READ, _WRITE = on(Resource.SURVIVOR, Verb.READ), on(Resource.SURVIVOR, Verb.WRITE)


class NewsSettled(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Each by what the list gave: link, kind, day and about."""

    news: list[NewsKey]
    outcome: Told


class ContactSent(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`version` as the record gave it: whoever wrote in between is not overwritten."""

    contact: WriteSafeContact
    version: int


class EraseSent(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    reason: Words
    is_sure: bool


@get("/survivors/{survivor_id:uuid}/news", **_READ)
async def api_news(request: AnyRequest, survivor_id: FromPath[UUID]) -> NewsOf:
    return await news_of(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/news", **_WRITE)
async def api_settle_news(
    request: AnyRequest, survivor_id: FromPath[UUID], data: JSONBody[NewsSettled]
) -> NewsOf:
    await settle_news(survivor_id, data.news, data.outcome, **_by(request))
    return await news_of(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/show-contact", status_code=200, **_READ)
async def api_show_contact(request: AnyRequest, survivor_id: FromPath[UUID]) -> SafeContactDetails:
    """Each opening is written down before it is answered."""
    return await opened_contact(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/safe-contact", **_WRITE)
async def api_write_safe_contact(
    request: AnyRequest, survivor_id: FromPath[UUID], data: JSONBody[ContactSent]
) -> Overview:
    values = WRITE_SAFE_CONTACT.checked(data.contact)
    await record_safe_contact(
        survivor_id,
        contact_details(values),
        reviewed_on=values.reviewed_on,
        version=data.version,
        **_by(request),
    )
    return await overview_of(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/attempts", **_WRITE)
async def api_log_attempt(
    request: AnyRequest, survivor_id: FromPath[UUID], data: JSONBody[LogAttempt]
) -> Overview:
    values = LOG_ATTEMPT.checked(data)
    await record_attempt(survivor_id, values.channel, values.outcome, **_by(request))
    return await overview_of(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/links", **_WRITE)
async def api_link(
    request: AnyRequest, survivor_id: FromPath[UUID], data: JSONBody[LinkPerson]
) -> Overview:
    values = LINK_PERSON.checked(data)
    await link_person(
        survivor_id,
        await person_behind(her_side(request), values.person),
        relationship=values.relationship,
        linked_on=values.linked_on,
        **_by(request),
    )
    return await overview_of(request, survivor_id)


@post("/survivors/{survivor_id:uuid}/links/{link_id:uuid}/end", **_WRITE)
async def api_end_link(
    request: AnyRequest, survivor_id: FromPath[UUID], link_id: FromPath[UUID]
) -> Overview:
    now = request.app.state.clock.now()
    await unlink_person(survivor_id, link_id, actor=actor_of(request), now=now)
    return await overview_of(request, survivor_id)


@get("/survivors/{survivor_id:uuid}/consents", **_READ)
async def api_consents(request: AnyRequest, survivor_id: FromPath[UUID]) -> list[ConsentRow]:
    """Every answer ever given, newest first: the first of a kind is the one that counts."""
    await opened(request, survivor_id)
    await note_reading("consents", survivor_id)
    return await consent_history(actor_of(request), survivor_id)


@post("/survivors/{survivor_id:uuid}/consents/{kind:str}", **_WRITE)
async def api_record_consent(
    request: AnyRequest,
    survivor_id: FromPath[UUID],
    kind: FromPath[str],
    data: JSONBody[GiveConsent],
) -> list[ConsentRow]:
    values = GIVE_CONSENT.checked(data)
    await record_consent(
        survivor_id,
        consent_kind(kind),
        is_given=values.answer == "yes",
        answered_on=values.answered_on,
        **_by(request),
    )
    return await consent_history(actor_of(request), survivor_id)


@post("/survivors/{survivor_id:uuid}/erase", **_WRITE)
async def api_erase(
    request: AnyRequest, survivor_id: FromPath[UUID], data: JSONBody[EraseSent]
) -> Overview:
    values = ERASE_SURVIVOR.checked(EraseSurvivor(reason=data.reason, is_sure=data.is_sure))
    await destroy_data_key(survivor_id, reason=values.reason, **_by(request))
    return await overview_of(request, survivor_id)


def _by(request: AnyRequest) -> dict[str, Any]:
    """What every command of this side takes: keys, who asks, and when."""
    now: datetime = request.app.state.clock.now()
    return {"sealing": her_side(request).sealing, "actor": actor_of(request), "now": now}
