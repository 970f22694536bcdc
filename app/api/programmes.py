"""Programmes as JSON: the same forms, the same rules."""

from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, JSONBody

from app.api.texts import Words
from app.forms.form import Form
from app.forms.json_values import typed_of_json
from app.forms.programmes import (
    CHANGE_STATUS,
    NEW_PROGRAMME,
    NEW_VERSION,
    criteria_choices,
    rules_of,
)
from app.pages.programmes import known_criteria
from app.web.guard import actor_of, on
from programmes.catalogue.entry_words import EntryRule
from programmes.catalogue.programme_commands import add_programme, add_version, change_status
from programmes.catalogue.queries import StoredProgramme, programme, programmes
from programmes.catalogue.words import ProgrammeStatus
from programmes.common.errors import Invalid
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_READS: dict[str, Any] = on(Resource.CATALOGUE, Verb.READ)
_WRITES: dict[str, Any] = on(Resource.CATALOGUE, Verb.WRITE)


class Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`values` by the fields of the form; `version` is the programme's as it was read."""

    values: dict[str, Any]
    version: int = 0


class StatusSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    after: ProgrammeStatus
    version: int
    reason: Words | None = None


@get("/programmes", **_READS)
async def api_programmes(request: AnyRequest) -> list[StoredProgramme]:
    return await programmes()


@get("/programmes/{code:str}", **_READS)
async def api_programme(request: AnyRequest, code: FromPath[str]) -> StoredProgramme:
    return await programme(code)


@post("/programmes", **_WRITES)
async def api_add_programme(request: AnyRequest, data: JSONBody[Sent]) -> StoredProgramme:
    known = known_criteria(await programmes())
    said = _read(NEW_PROGRAMME, data, known)
    rules, now = rules_of(said, known, None), request.app.state.clock.now()
    code = await add_programme(
        said.name, rules, source=said.source, actor=actor_of(request), now=now
    )
    return await programme(code)


@post("/programmes/{code:str}/new-version", **_WRITES)
async def api_add_version(
    request: AnyRequest, code: FromPath[str], data: JSONBody[Sent]
) -> StoredProgramme:
    found, known = await programme(code), known_criteria(await programmes())
    said = _read(NEW_VERSION, data, known)
    await add_version(
        code,
        rules_of(said, known, found.versions[-1].rules),
        source=said.source,
        version=data.version,
        actor=actor_of(request),
        now=request.app.state.clock.now(),
    )
    return await programme(code)


@post("/programmes/{code:str}/status", **_WRITES)
async def api_change_status(
    request: AnyRequest, code: FromPath[str], data: JSONBody[StatusSent]
) -> StoredProgramme:
    typed, _ = typed_of_json(CHANGE_STATUS, {"after": data.after, "reason": data.reason})
    said = CHANGE_STATUS.read(typed)
    await change_status(
        code,
        said.after,
        reason=said.reason or "",
        version=data.version,
        actor=actor_of(request),
        now=request.app.state.clock.now(),
    )
    return await programme(code)


def _read(form: Form[Any], data: Sent, known: tuple[EntryRule, ...]) -> Any:
    typed, errors = typed_of_json(form, data.values)
    if errors:
        raise Invalid(errors)
    return form.read(typed, choices=criteria_choices(known))
