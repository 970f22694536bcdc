"""One survivor: who harmed them, how they may be reached, what they agreed to."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.form import Submitted
from app.forms.survivors import LOG_ATTEMPT, LogAttempt
from app.forms.view import FormView
from app.labels import label, tag
from app.labels.orders import order_words
from app.safekeeping.her_side import her_side
from app.views.survivor import opened, survivor_frame
from app.web.components import Cell, Fact
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.survivors.commands import record_attempt
from outcomes.survivors.his_side_queries import HisBreach, HisOrder, HisSide
from outcomes.survivors.overview_queries import Overview, overview
from outcomes.survivors.queries import safe_contact
from outcomes.survivors.words import ConsentKind, SafeContactDetails
from programmes.common.audit import note
from programmes.common.clock import london_date
from programmes.common.errors import NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb

AnyRequest = Request[Any, Any, Any]


@get("/survivors/{survivor_id:uuid}", **on(Resource.SURVIVOR, Verb.READ))
async def survivor_page(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    return await _page_of(request, survivor_id)


@post(
    "/survivors/{survivor_id:uuid}/show-contact",
    status_code=200,
    **on(Resource.SURVIVOR, Verb.READ),
)
async def show_contact(request: AnyRequest, survivor_id: FromPath[UUID]) -> Template:
    """Each opening is written down, in her own audit, before it is shown."""
    return await _page_of(request, survivor_id, shows_contact=True)


@post(
    "/survivors/{survivor_id:uuid}/attempts", status_code=303, **on(Resource.SURVIVOR, Verb.WRITE)
)
async def log_attempt(request: AnyRequest, survivor_id: FromPath[UUID]) -> Response[Any]:
    async def do(sent: Submitted[LogAttempt]) -> str:
        await record_attempt(
            survivor_id,
            sent.values.channel,
            sent.values.outcome,
            sealing=her_side(request).sealing,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/survivors/{survivor_id}"

    async def show(form: FormView, status: int) -> Template:
        return await _page_of(request, survivor_id, attempt=form, status_code=status)

    return await submit(request, LOG_ATTEMPT, do=do, show=show, notice="The attempt is logged.")


async def overview_of(request: AnyRequest, survivor_id: UUID) -> Overview:
    hers = her_side(request)
    return await overview(
        actor_of(request),
        survivor_id,
        sealing=hers.sealing,
        bridge=hers.bridge,
        now=request.app.state.clock.now(),
    )


async def opened_contact(request: AnyRequest, survivor_id: UUID) -> SafeContactDetails:
    """Unsealed and logged. Raises NotFound where it may not be opened."""
    found = await overview_of(request, survivor_id)
    one = await opened(request, survivor_id)
    if found.block is not None or one.key is None:
        raise NotFound
    details = await safe_contact(actor_of(request), survivor_id, key=one.key)
    if details is None:
        raise NotFound
    await note("read", "show-safe-contact", resource="safe_contact", row_id=survivor_id)
    return details


async def _page_of(
    request: AnyRequest,
    survivor_id: UUID,
    *,
    attempt: FormView | None = None,
    shows_contact: bool = False,
    status_code: int = 200,
) -> Template:
    now = request.app.state.clock.now()
    today = london_date(now)
    one = await opened(request, survivor_id)
    found = await overview_of(request, survivor_id)
    contact = await opened_contact(request, survivor_id) if shows_contact else None
    return page(
        request,
        "survivors/survivor.html",
        status_code=status_code,
        **survivor_frame(one, "Overview"),
        found=found,
        people=[_person(found, link.id, today) for link in found.links],
        consents=[_consent(found, kind) for kind in ConsentKind],
        contact=_contact_facts(contact) if contact else None,
        is_contact_open=contact is not None,
        attempts=[_attempt(row) for row in found.attempts],
        attempt=attempt or LOG_ATTEMPT.blank(new_id(now), initial=_tried_by(contact)),
        due_check_in=_due_check_in(found),
        not_engaged=found.is_not_engaged,
        form=attempt,
    )


def _due_check_in(found: Overview) -> str:
    """One press from the record, where they may be reached."""
    if not found.due or found.block is not None:
        return ""
    return present.mid_sentence(label(found.due[0].timepoint))


def _tried_by(contact: SafeContactDetails | None) -> dict[str, Any]:
    """The way that was just looked up is the way that is tried."""
    return {"channel": contact.channel} if contact and contact.channel else {}


def _person(found: Overview, link_id: UUID, today: date) -> dict[str, Any]:
    link = next(link for link in found.links if link.id == link_id)
    person = found.people.get(link.person_id)
    facts = [Fact("Relationship", present.sentence(link.relationship))]
    if person is not None:
        facts += [
            Fact("Programme", person.programme or "No place in a programme"),
            Fact("Place", _place(person.status, person.end_reason, person.ended_on)),
            Fact("Attended", _attended(person)),
            Fact(
                "Next session",
                present.short_date_and_time(person.next_at) if person.next_at else "None planned",
            ),
        ]
    linked = f"Linked since {present.long_date(link.linked_on)}"
    if link.unlinked_on:
        linked = f"Linked until {present.long_date(link.unlinked_on)}"
    return {
        "link": link,
        "name": person.name if person else "No longer on record",
        "reference": person.reference if person else "",
        "linked": linked,
        "facts": facts,
        "orders": [
            _order(order, today) for order in found.orders if order.person_id == link.person_id
        ],
        "breaches": [
            _breach(breach) for breach in found.breaches if breach.person_id == link.person_id
        ],
    }


def _attended(person: HisSide) -> str:
    if not person.held:
        return "No session signed off yet"
    return f"{person.there} of {person.held} sessions signed off"


def _order(order: HisOrder, today: date) -> list[Any]:
    ends = Cell("No end date")
    if order.ends_on:
        ends = Cell(present.short_date(order.ends_on), note=present.days_left(order.ends_on, today))
    return [
        order_words(order.kind),
        present.short_date(order.made_on),
        ends,
        present.sentence(order.status),
    ]


def _breach(breach: HisBreach) -> list[Any]:
    return [
        present.short_date(london_date(breach.occurred_at)),
        order_words(breach.kind),
        present.sentence(breach.stage),
    ]


def _place(status: str | None, reason: str | None, ended_on: date | None) -> str:
    if status is None:
        return "None"
    words = present.sentence(status)
    if ended_on:
        words += f" on {present.long_date(ended_on)}"
    return f"{words} ({reason})" if reason else words


def _consent(found: Overview, kind: ConsentKind) -> Fact:
    latest = next((row for row in found.consents if row.kind is kind), None)
    words = "Not asked yet"
    if latest is not None:
        said = "Agrees" if latest.is_given else "Does not agree"
        words = f"{said}, {present.long_date(latest.answered_on)}"
    slug = kind.value.replace(" ", "-")
    return Fact(label(kind), words, change=f"/survivors/{found.survivor.id}/consents/{slug}")


def _attempt(row: Any) -> list[Any]:
    return [
        present.short_date_and_time(row.made_at),
        label(row.channel),
        Cell(tag=tag(row.outcome)),
        row.recorded_by or "",
    ]


def _contact_facts(details: SafeContactDetails) -> list[Fact]:
    days = present.listed([label(day) for day in details.days]) or "Any day"
    hours = " ".join(
        part
        for part in (
            f"from {present.wall_time(details.from_time)}" if details.from_time else "",
            f"until {present.wall_time(details.until_time)}" if details.until_time else "",
        )
        if part
    )
    if details.channel is None:
        return [Fact("As written", details.words)]
    facts = [
        Fact("How", label(details.channel)),
        Fact("Number or address", details.address),
        Fact("When", f"{days}, {hours or 'any hour'}"),
        Fact("Voicemail", label(details.voicemail) if details.voicemail else "Not asked"),
        Fact("Code word", details.code_word or "None"),
        Fact("Who else may answer", details.who_may_answer or "Nobody"),
        Fact("Interpreter", details.interpreter or "None needed"),
    ]
    return [*facts, Fact("Also", details.words)] if details.words else facts
