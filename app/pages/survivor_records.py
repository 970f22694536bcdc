"""What is changed in a survivor's record: links, consents, safe contact, and erasing it."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct

from app import present
from app.forms.form import Submitted
from app.forms.survivors import (
    GIVE_CONSENT,
    LINK_PERSON,
    WRITE_SAFE_CONTACT,
    GiveConsent,
    LinkPerson,
    WriteSafeContact,
)
from app.forms.view import FormView
from app.labels import label
from app.pages.survivors import person_behind
from app.safekeeping.her_side import her_side
from app.views.survivor import opened, survivor_frame
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import redirect, submit
from outcomes.survivors.commands import (
    link_person,
    record_consent,
    record_safe_contact,
    unlink_person,
)
from outcomes.survivors.words import ConsentKind, SafeContactDetails
from programmes.common.clock import london_date
from programmes.common.errors import NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]
_WRITE = on(Resource.SURVIVOR, Verb.WRITE)


class Words(Struct, frozen=True, kw_only=True):
    """What surrounds one of these forms; `path` lies under the survivor's own address."""

    title: str
    help: str
    button: str
    path: str


@get("/survivors/{survivor_id:uuid}/links/new", **_WRITE)
async def link_page(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    now = request.app.state.clock.now()
    form = LINK_PERSON.blank(new_id(now), initial={"linked_on": london_date(now)})
    return await _form(request, survivor_id, form, words=_LINK)


@post("/survivors/{survivor_id:uuid}/links/new", status_code=303, **_WRITE)
async def link(request: AnyRequest, survivor_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[LinkPerson]) -> str:
        hers = her_side(request)
        await link_person(
            survivor_id,
            await person_behind(hers, sent.values.person),
            relationship=sent.values.relationship,
            linked_on=sent.values.linked_on,
            sealing=hers.sealing,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/survivors/{survivor_id}"

    show = _show(request, survivor_id, words=_LINK)
    return await submit(request, LINK_PERSON, do=do, show=show, notice="The link is made.")


@get("/survivors/{survivor_id:uuid}/links/{link_id:uuid}/end", **_WRITE)
async def end_link_page(
    request: AnyRequest, survivor_id: FromPath[UUID], link_id: FromPath[UUID]
) -> Template:
    one = await opened(request, survivor_id)
    return page(request, "survivors/end_link.html", **survivor_frame(one, ""), link_id=link_id)


@post("/survivors/{survivor_id:uuid}/links/{link_id:uuid}/end", status_code=303, **_WRITE)
async def end_link(
    request: AnyRequest, survivor_id: FromPath[UUID], link_id: FromPath[UUID]
) -> Response[Any]:
    now = request.app.state.clock.now()
    await unlink_person(survivor_id, link_id, actor=actor_of(request), now=now)
    return redirect(f"/survivors/{survivor_id}")


@get("/survivors/{survivor_id:uuid}/consents/{kind:str}", **_WRITE)
async def consent_page(
    request: AnyRequest, survivor_id: FromPath[UUID], kind: FromPath[str]
) -> Template:
    now = request.app.state.clock.now()
    form = GIVE_CONSENT.blank(new_id(now), initial={"answered_on": london_date(now)})
    return await _form(request, survivor_id, form, words=_consent_words(kind))


@post("/survivors/{survivor_id:uuid}/consents/{kind:str}", status_code=303, **_WRITE)
async def consent(
    request: AnyRequest, survivor_id: FromPath[UUID], kind: FromPath[str]
) -> Response[Any]:
    async def do(sent: Submitted[GiveConsent]) -> str:
        await record_consent(
            survivor_id,
            consent_kind(kind),
            is_given=sent.values.answer == "yes",
            answered_on=sent.values.answered_on,
            sealing=her_side(request).sealing,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/survivors/{survivor_id}"

    show = _show(request, survivor_id, words=_consent_words(kind))
    return await submit(request, GIVE_CONSENT, do=do, show=show, notice="Their answer is recorded.")


@get("/survivors/{survivor_id:uuid}/safe-contact", **_WRITE)
async def safe_contact_page(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    """Blank each time: what was safe is asked again, never taken over."""
    now = request.app.state.clock.now()
    one = await opened(request, survivor_id)
    form = WRITE_SAFE_CONTACT.blank(
        new_id(now), version=one.facts.version, initial={"reviewed_on": london_date(now)}
    )
    return await _form(request, survivor_id, form, words=_CONTACT)


@post("/survivors/{survivor_id:uuid}/safe-contact", status_code=303, **_WRITE)
async def write_safe_contact(request: AnyRequest, survivor_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[WriteSafeContact]) -> str:
        await record_safe_contact(
            survivor_id,
            contact_details(sent.values),
            reviewed_on=sent.values.reviewed_on,
            version=sent.version or 0,
            sealing=her_side(request).sealing,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/survivors/{survivor_id}"

    show = _show(request, survivor_id, words=_CONTACT)
    return await submit(
        request, WRITE_SAFE_CONTACT, do=do, show=show, notice="The safe contact is written down."
    )


_LINK = Words(
    title="Link another person",
    help="Found by a whole reference only. The persons linked do not learn of each other.",
    button="Link them",
    path="/links/new",
)
_CONTACT = Words(
    title="Safe contact",
    help="Kept encrypted. Ask all of it again each time: what was safe before may not be now.",
    button="Write it down",
    path="/safe-contact",
)


def consent_kind(slug: str) -> ConsentKind:
    """Raises NotFound for an address that names no consent."""
    for kind in ConsentKind:
        if kind.value.replace(" ", "-") == slug:
            return kind
    raise NotFound


def _consent_words(slug: str) -> Words:
    return Words(
        title=f"Consent: {present.mid_sentence(label(consent_kind(slug)))}",
        help="They may change their mind at any moment. Each answer is kept with its date.",
        button="Record the answer",
        path=f"/consents/{slug}",
    )


def contact_details(values: WriteSafeContact) -> SafeContactDetails:
    return SafeContactDetails(
        words=values.words or "",
        channel=values.channel,
        address=values.address,
        days=values.days,
        from_time=values.from_time,
        until_time=values.until_time,
        code_word=values.code_word or "",
        voicemail=values.voicemail,
        who_may_answer=values.who_may_answer or "",
        interpreter=values.interpreter or "",
    )


def _show(
    request: AnyRequest, survivor_id: UUID, *, words: Words
) -> Callable[[FormView, int], Awaitable[Template]]:
    async def show(form: FormView, status: int) -> Template:
        return await _form(request, survivor_id, form, words=words, status_code=status)

    return show


async def _form(
    request: AnyRequest,
    survivor_id: UUID,
    form: FormView,
    *,
    words: Words,
    status_code: int = 200,
) -> Template:
    one = await opened(request, survivor_id)
    return page(
        request,
        "survivors/form.html",
        status_code=status_code,
        **survivor_frame(one, ""),
        words=words,
        form=form,
    )
