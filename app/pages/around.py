"""Around the programmes: accreditation, consultations, trainings, and their quarterly counts."""

from datetime import date, timedelta
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Template
from msgspec import structs

from app import present
from app.forms.around import (
    ADD_ACCREDITATION,
    ADD_CONSULTATION,
    ADD_TRAINING,
    AddAccreditation,
    AddConsultation,
    AddTraining,
)
from app.forms.field import Choice
from app.forms.form import Choices, Submitted
from app.forms.view import FormView
from app.web.components import Cell, Header, Tag
from app.web.guard import actor_of, on, who_and_when
from app.web.shell import page
from app.web.submitting import submit
from programmes.catalogue.around_commands import (
    LOG_CONSULTATION,
    WRITE_AROUND,
    NewAccreditation,
    NewConsultation,
    NewTraining,
    add_accreditation,
    add_consultation,
    add_training,
)
from programmes.catalogue.around_queries import AccreditationRow, Around, QuarterRow, around
from programmes.catalogue.queries import programmes
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may
from programmes.referrals.queries import agencies

AnyRequest = Request[Any, Any, Any]
_WRITES: dict[str, Any] = on(Resource.CATALOGUE, Verb.WRITE)
TWO_YEARS = timedelta(days=731)
RENEW_BEFORE = timedelta(days=180)
"""From here on an accreditation that ends is marked (common practice)."""


@get("/around", **on(Resource.CATALOGUE, Verb.READ))
async def around_page(request: AnyRequest) -> Template:
    return await _page(request)


@post("/around/accreditations", status_code=303, **_WRITES)
async def new_accreditation(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[AddAccreditation]) -> str:
        said = sent.values
        new = NewAccreditation(
            programme_id=said.programme,
            body=said.body,
            awarded_on=said.awarded_on,
            expires_on=said.expires_on,
        )
        await add_accreditation(new, **who_and_when(request))
        return "/around"

    choices = await _programmes()
    show = _shown(request, "accreditation")
    return await submit(
        request, ADD_ACCREDITATION, do=do, show=show, notice="Entered.", choices=choices
    )


@post("/around/consultations", status_code=303, **on(Resource.CONTACT, Verb.CREATE))
async def new_consultation(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[AddConsultation]) -> str:
        said = sent.values
        new = NewConsultation(
            agency_id=said.agency, held_on=said.held_on, minutes=said.minutes, topic=said.topic
        )
        await add_consultation(new, **who_and_when(request))
        return "/around"

    choices = await _agencies()
    show = _shown(request, "consultation")
    return await submit(
        request, ADD_CONSULTATION, do=do, show=show, notice="Entered.", choices=choices
    )


@post("/around/trainings", status_code=303, **_WRITES)
async def new_training(request: AnyRequest) -> Response[Any]:
    async def do(sent: Submitted[AddTraining]) -> str:
        new = NewTraining(**structs.asdict(sent.values))
        await add_training(new, **who_and_when(request))
        return "/around"

    show = _shown(request, "training")
    return await submit(request, ADD_TRAINING, do=do, show=show, notice="Entered.")


def _shown(request: AnyRequest, which: str) -> Any:
    async def show(form: FormView, status: int) -> Template:
        return await _page(request, refused={which: form}, status_code=status)

    return show


async def _programmes() -> Choices:
    return {"programme": [Choice(str(one.id), one.name) for one in await programmes()]}


async def _agencies() -> Choices:
    return {"agency": [Choice(one.code, one.name) for one in await agencies()]}


async def around_of(request: AnyRequest) -> Around:
    today = london_date(request.app.state.clock.now())
    return await around(actor_of(request), since=today - TWO_YEARS)


async def _page(
    request: AnyRequest, *, refused: dict[str, FormView] | None = None, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await around_of(request)
    forms = {
        "accreditation": ADD_ACCREDITATION.blank(new_id(now), choices=await _programmes()),
        "consultation": ADD_CONSULTATION.blank(new_id(now), choices=await _agencies()),
        "training": ADD_TRAINING.blank(new_id(now)),
    } | (refused or {})
    return page(
        request,
        "programmes/around.html",
        status_code=status_code,
        quarters=[_quarter(one) for one in found.quarters],
        headers=["Quarter", *(Header(name, is_numeric=True) for name in _COUNTED)],
        accreditations=[_accreditation(one, london_date(now)) for one in found.accreditations],
        consultations=[
            [present.short_date(one.held_on), one.agency, one.topic, f"{one.minutes} minutes"]
            for one in found.consultations
        ],
        trainings=[
            [present.short_date(one.held_on), one.title, one.for_whom, str(one.people)]
            for one in found.trainings
        ],
        forms=forms,
        may_write=may(actor, WRITE_AROUND),
        may_consult=may(actor, LOG_CONSULTATION),
        form=next(iter((refused or {}).values()), None),
    )


_COUNTED = (
    "Consultations", "Minutes", "Trainings", "People trained", "Onward referrals", "Taken up"
)  # fmt: skip


def _quarter(one: QuarterRow) -> list[str]:
    name = f"{one.quarter.year} Q{(one.quarter.month + 2) // 3}"
    counts = (
        one.consultations, one.minutes, one.trainings, one.trained, one.onward, one.taken_up
    )  # fmt: skip
    return [name, *(f"{count:,}" for count in counts)]


def _accreditation(one: AccreditationRow, today: date) -> list[Any]:
    soon = one.expires_on - today < RENEW_BEFORE
    ended = one.expires_on < today
    state = Tag("Expired", "red") if ended else Tag("Renew soon", "orange") if soon else None
    return [
        one.programme,
        one.body,
        present.short_date(one.awarded_on),
        Cell(present.short_date(one.expires_on), tag=state),
    ]
