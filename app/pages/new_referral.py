"""Taking a referral in, with a look at whether this person is on record already."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.response import Template

from app import present
from app.forms.field import Choice, Typed
from app.forms.form import Choices, Submitted, typed_form
from app.forms.referrals import TAKE_REFERRAL, TakeReferral
from app.forms.view import FormView
from app.guard import actor_of, on
from app.shell import page
from app.submitting import submit
from programmes.common.errors import Invalid
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from programmes.common.staff import Actor
from programmes.people.commands import NewPerson, add_person
from programmes.people.queries import PersonRow, people_like
from programmes.referrals.commands import NewReferral, receive_referral
from programmes.referrals.queries import agencies, programmes_to_refer_to

AnyRequest = Request[Any, Any, Any]
SOMEBODY_NEW = "somebody-new"


@get("/referrals/new", **on(Resource.PERSON, Verb.CREATE))
async def new_referral_page(request: AnyRequest) -> Template:
    now = request.app.state.clock.now()
    return _page(request, TAKE_REFERRAL.blank(new_id(now), choices=await _choices([])))


@post("/referrals/new", status_code=303, **on(Resource.PERSON, Verb.CREATE))
async def take_referral(request: AnyRequest) -> Response[Any]:
    actor = actor_of(request)
    likely = await _likely(actor, await typed_form(request))

    async def do(sent: Submitted[TakeReferral]) -> str:
        if likely and sent.values.same_person is None:
            raise Invalid({"same_person": "Say whether this is somebody on record already."})
        now = request.app.state.clock.now()
        person_id = await _person_of(sent.values, actor, now)
        referral_id = await receive_referral(
            _referral_of(sent.values, person_id), actor=actor, now=now
        )
        return f"/referrals/{referral_id}"

    async def show(form: FormView, status: int) -> Template:
        return _page(request, form, status_code=status, asks_same=bool(likely))

    return await submit(
        request,
        TAKE_REFERRAL,
        do=do,
        show=show,
        notice="The referral is taken in.",
        choices=await _choices(likely),
    )


async def _likely(actor: Actor, typed: Typed) -> list[PersonRow]:
    """Who this may be; nobody where the form is not complete enough to say."""
    choices = await _choices([])
    try:
        values = TAKE_REFERRAL.parse(
            {name: value for name, value in typed.items() if name != "same_person"},
            choices=choices,
        ).values
    except Invalid:
        return []
    return await people_like(
        actor,
        first_name=values.first_name,
        last_name=values.last_name,
        date_of_birth=values.date_of_birth,
    )


async def _person_of(values: TakeReferral, actor: Actor, now: Any) -> UUID:
    if values.same_person not in (None, SOMEBODY_NEW):
        return UUID(values.same_person)
    new = NewPerson(
        first_name=values.first_name,
        last_name=values.last_name,
        date_of_birth=values.date_of_birth,
        sex=values.sex,
        first_language=values.first_language,
        interpreter_needed=values.interpreter == "yes",
        postcode_district=values.postcode_district,
    )
    return await add_person(new, actor=actor, now=now)


def _referral_of(values: TakeReferral, person_id: UUID) -> NewReferral:
    return NewReferral(
        person_id=person_id,
        programme_code=values.programme,
        agency_id=UUID(values.agency),
        received_on=values.received_on,
        route=values.route,
        risk_level=values.risk_level,
        referring_worker=values.referring_worker,
        contact_with_child={"yes": True, "no": False}.get(values.contact_with_child),
    )


async def _choices(likely: list[PersonRow]) -> Choices:
    return {
        "programme": [Choice(one.code, one.name) for one in await programmes_to_refer_to()],
        "agency": [Choice(one.code, one.name) for one in await agencies()],
        "same_person": [
            *(
                Choice(str(row.id), f"{row.first_name} {row.last_name}", _hint(row))
                for row in likely
            ),
            Choice(SOMEBODY_NEW, "Somebody new"),
        ],
    }


def _hint(row: PersonRow) -> str:
    return f"{row.reference}, born {present.long_date(row.date_of_birth)}"


def _page(
    request: AnyRequest, form: FormView, *, status_code: int = 200, asks_same: bool = False
) -> Template:
    return page(
        request, "referrals/new.html", status_code=status_code, form=form, asks_same=asks_same
    )
