"""Partner systems send referrals here: the same rules and the same messages as the form."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.params import HeaderParameter

from app.api.intake_body import SECTIONS, TakesReferral
from app.forms.field import Typed
from app.forms.intake import SOMEBODY_NEW, STEPS
from app.forms.json_values import UNKNOWN, typed_of_json
from app.intake import asked, choices_for, intake_of, likely_people, located, read_steps
from app.web.guard import actor_of, on
from programmes.common.errors import Invalid
from programmes.common.permissions import Resource, Verb
from programmes.common.staff import Actor
from programmes.people.queries import PersonRow
from programmes.referrals.draft_queries import drafts
from programmes.referrals.intake_commands import take_in
from programmes.referrals.queries import referral
from programmes.referrals.request_commands import referral_sent_before, remember_request
from programmes.referrals.words import ReferralStatus

AnyRequest = Request[Any, Any, Any]
_KEY = re.compile(r"[\x21-\x7e]{8,128}")


class ReferralTaken(msgspec.Struct, frozen=True):
    """What a program gets back; the same again for the same key."""

    id: UUID
    reference: str
    person_id: UUID
    status: ReferralStatus


class DraftRow(msgspec.Struct, frozen=True):
    """A draft of one's own: which steps are saved, never what they say."""

    id: UUID
    person_id: UUID | None
    saved_at: datetime
    steps: list[str]


@get("/referrals/drafts", **on(Resource.PERSON, Verb.CREATE))
async def api_drafts(request: AnyRequest) -> list[DraftRow]:
    return [
        DraftRow(one.id, one.person_id, one.saved_at, sorted(one.answers))
        for one in await drafts(actor_of(request))
    ]


@post("/referrals", operation_class=TakesReferral, **on(Resource.PERSON, Verb.CREATE))
async def api_take_referral(
    request: AnyRequest,
    idempotency_key: Annotated[str, HeaderParameter(name="Idempotency-Key")] = "",
) -> Response[ReferralTaken]:
    """The body has a section for each step of the form; `person_id` or `same_person` beside them.

    Needs an `Idempotency-Key` of 8 to 128 characters: sent again, the same referral is answered.
    """
    if not _KEY.fullmatch(idempotency_key):
        says = "Send a key of 8 to 128 characters without spaces, a new one for each referral."
        raise Invalid({"Idempotency-Key": says})
    actor, now = actor_of(request), request.app.state.clock.now()
    raw = await request.body()
    digest = hashlib.sha256(raw).digest()
    referral_id = await referral_sent_before(idempotency_key, digest, actor=actor)
    if referral_id is None:
        referral_id = await _taken_in(_body(raw), actor, now)
        await remember_request(idempotency_key, digest, referral_id, actor=actor, now=now)
    found = await referral(actor, referral_id)
    taken = ReferralTaken(found.id, found.reference, found.person_id, found.status)
    return Response(taken, headers={"Location": f"/api/v1/referrals/{referral_id}"})


def _body(raw: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(raw, type=dict[str, Any])
    except msgspec.DecodeError:
        raise Invalid({"body": "Send one JSON object."}) from None


async def _taken_in(body: Mapping[str, Any], actor: Actor, now: datetime) -> UUID:
    steps, errors = _sections(body)
    person_id = _person_id(body, errors)
    likely = [] if person_id else await likely_people(actor, steps)
    names = asked(steps, is_on_record=person_id is not None, has_likely=bool(likely)).names
    if likely:
        steps["same-person"] = _same_person(body, likely, errors)
    values: Any = {}
    try:
        values = read_steps(steps, names, await choices_for(actor, likely))
    except Invalid as refusal:
        errors = {**_as_sent(refusal.errors), **errors}
    if errors:
        raise Invalid(errors)
    try:
        return await take_in(intake_of(values, person_id=person_id), actor=actor, now=now)
    except Invalid as refusal:
        raise Invalid(_as_sent(located(refusal))) from None


def _sections(body: Mapping[str, Any]) -> tuple[dict[str, Typed], dict[str, str]]:
    steps: dict[str, Typed] = {}
    errors = {name: UNKNOWN for name in body if name not in (*SECTIONS, "person_id", "same_person")}
    for name in SECTIONS:
        section = body.get(name) or {}
        if not isinstance(section, dict):
            errors[name] = "Send an object."
            continue
        steps[name], wrong = typed_of_json(STEPS[name], section)
        errors |= {f"{name}.{field}": says for field, says in wrong.items()}
    return steps, errors


def _person_id(body: Mapping[str, Any], errors: dict[str, str]) -> UUID | None:
    sent = body.get("person_id")
    try:
        return None if sent is None else UUID(str(sent))
    except ValueError:
        errors["person_id"] = "Send the id of a person on record, or leave it out."
        return None


def _same_person(body: Mapping[str, Any], likely: list[PersonRow], errors: dict[str, str]) -> Typed:
    known = {str(row.id) for row in likely} | {SOMEBODY_NEW}
    said = str(body.get("same_person") or "")
    if said not in known:
        listed = ", ".join(f"{row.id} ({row.reference})" for row in likely)
        errors["same_person"] = (
            f"This may be somebody on record already: {listed}. Send one of these ids, or "
            f"{SOMEBODY_NEW}."
        )
        return {"same_person": (SOMEBODY_NEW,)}
    return {"same_person": (said,)}


def _as_sent(errors: Mapping[str, str]) -> dict[str, str]:
    """The question of the same person stands beside the sections, not in one."""
    return {name.replace("same-person.same_person", "same_person"): s for name, s in errors.items()}
