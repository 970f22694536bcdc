"""Who goes where: the next offers of one group, and the best proposal for everybody who waits."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.form import typed_form
from app.forms.placement import CONFIRM_PROPOSAL, ConfirmProposal
from app.views.placement import (
    asked_of,
    forbidden_links,
    has_no_group,
    how_good,
    links_for,
    one_more_link,
    person_cell,
    query_of,
    sentences,
    summary_of,
    who_waits_on,
)
from app.web.components import Cell
from app.web.guard import actor_of, on
from app.web.shell import page, redirect_with_notice
from app.web.submitting import remember, where_it_went
from programmes.catalogue.queries import programme as programme_called
from programmes.catalogue.queries import version as programme_version
from programmes.common.clock import london_date
from programmes.common.errors import Conflict, Invalid, Refused
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from scheduling.cohorts.commands import places_of
from scheduling.cohorts.queries import cohort, cohorts
from scheduling.cohorts.rules import reasons_takes_nobody
from scheduling.placement.group_queries import groups_with_room
from scheduling.placement.offer_queries import next_offers
from scheduling.placement.proposal_commands import (
    WRITE_PLACEMENT,
    apply_proposal,
    propose_places,
)
from scheduling.placement.proposal_words import Asked, Proposal
from scheduling.placement.world_queries import programmes_waiting

AnyRequest = Request[Any, Any, Any]


@get("/placement", **on(Resource.PLACEMENT, Verb.READ))
async def placement_page(request: AnyRequest) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    may_propose = may(actor, WRITE_PLACEMENT)
    waiting = [
        [
            Cell(name, f"/waiting-list/{code}"),
            str(count),
            Cell("Propose places", f"/placement/{code}") if may_propose else "",
        ]
        for code, name, count in await programmes_waiting(actor)
    ]
    with_room = [
        [
            Cell(f"Group {one.reference}", f"/cohorts/{one.id}", note=one.programme_name),
            present.date_span(one.first_on, one.places.last_on),
            f"{one.free} of {one.places.capacity}",
            Cell("Who to offer a place next", f"/cohorts/{one.id}/offers"),
        ]
        for one in await groups_with_room(actor, now=now)
    ]
    return page(
        request,
        "placement/overview.html",
        waiting=waiting,
        groups=with_room,
        may_propose=may_propose,
    )


@get("/cohorts/{cohort_id:uuid}/offers", **on(Resource.PLACEMENT, Verb.READ))
async def offers_page(request: AnyRequest, cohort_id: FromPath[UUID]) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await cohort(actor, cohort_id)
    rows = [
        [
            Cell(one.name, f"/people/{one.person_id}"),
            Cell("On reserve" if one.is_reserve else "Next", note=sentences(one.why)),
            sentences(w.removesuffix(".") for w in one.warnings) or "Nothing",
            Cell("Give them this place", f"/referrals/{one.referral_id}/place"),
        ]
        for one in await next_offers(actor, cohort_id, now=now)
    ]
    rules = (await programme_version(found.programme_version_id)).rules
    closed = reasons_takes_nobody(rules, await places_of(found, now))
    return page(request, "placement/offers.html", cohort=found, rows=rows, closed=closed)


@get("/placement/{programme:str}", **on(Resource.PLACEMENT, Verb.WRITE))
async def proposal_page(request: AnyRequest, programme: FromPath[str]) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await programme_called(programme)
    try:
        asked = asked_of(request.url.query)
        proposal = await propose_places(programme, asked, actor=actor, now=now)
    except (Invalid, Refused) as refusal:
        return await _refused(request, programme, refusal)
    return await _proposal_page(request, asked, proposal, of=found.name)


@post("/placement/{programme:str}", status_code=303, **on(Resource.PLACEMENT, Verb.WRITE))
async def apply(request: AnyRequest, programme: FromPath[str]) -> Response[Any]:
    """Gives the places as they were shown, once."""
    typed, actor = await typed_form(request), actor_of(request)
    now = request.app.state.clock.now()
    try:
        sent = CONFIRM_PROPOSAL.parse(typed)
        asked, went_to = asked_of(sent.values.asked or ""), await where_it_went(sent.submission)
        if went_to is None:
            shown = sent.values.shown
            await apply_proposal(programme, asked, shown=shown, actor=actor, now=now)
            went_to = "/placement"
            await remember(request, sent.submission, went_to)
    except (Invalid, Refused) as refusal:
        return await _refused(request, programme, refusal)
    except Conflict as conflict:
        again = await propose_places(programme, asked, actor=actor, now=now)
        name = (await programme_called(programme)).name
        return await _proposal_page(request, asked, again, of=name, message=conflict.message)
    return redirect_with_notice(request, went_to, "The places are given.")


async def _refused(request: AnyRequest, programme: str, refusal: Invalid | Refused) -> Template:
    reasons = refusal.reasons if isinstance(refusal, Refused) else tuple(refusal.errors.values())
    return page(
        request,
        "placement/refused.html",
        status_code=422,
        reasons=reasons,
        base=f"/placement/{programme}",
    )


async def _proposal_page(
    request: AnyRequest, asked: Asked, proposal: Proposal, *, of: str, message: str = ""
) -> Template:
    """`of`: the name of its programme."""
    now, base = request.app.state.clock.now(), f"/placement/{proposal.programme}"
    names = {one.referral_id: one.name for one in proposal.proposed}
    names |= {one.referral_id: one.name for one in proposal.refused}
    rows = await cohorts(
        actor_of(request), programme=proposal.programme, running_on=london_date(now)
    )
    groups = {row.id: row.reference for row in rows}
    confirm = ConfirmProposal(shown=proposal.hash, asked=query_of(asked) or None)
    supposed = any(one.cohort_id is None for one in proposal.proposed)
    return page(
        request,
        "placement/proposal.html",
        status_code=409 if message else 200,
        of=of,
        message=message,
        summary=summary_of(proposal),
        note=proposal.note,
        proposed=_places(proposal, asked, base),
        refused=who_waits_on(proposal.refused),
        has_no_group=has_no_group(proposal),
        how_good=how_good(proposal),
        changed=[[one.name, one.before, one.after] for one in proposal.changed],
        is_asked=asked != Asked(),
        forbidden=forbidden_links(asked, base, names, groups),
        one_more=one_more_link(asked, base),
        base=base,
        may_apply=bool(proposal.proposed) and not supposed,
        confirm=CONFIRM_PROPOSAL.filled(confirm, new_id(now)),
    )


def _places(proposal: Proposal, asked: Asked, base: str) -> list[Any]:
    """Group by group: who, where, why, what to know before, and what may be asked of it."""
    by_group = sorted(proposal.proposed, key=lambda one: (one.group, one.name))
    return [
        (
            person_cell(one),
            one.group,
            sentences(one.why),
            one.warnings,
            links_for(one, asked, base),
        )
        for one in by_group
    ]
