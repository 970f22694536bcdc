"""A referral put together from its steps, whether a browser or a program filled them in."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct

from app import present
from app.forms.field import Choice, Typed
from app.forms.form import Choices
from app.forms.intake import SOMEBODY_NEW, STEPS
from programmes.common.errors import Invalid
from programmes.common.staff import Actor
from programmes.people.merge_queries import people_alike
from programmes.people.queries import PersonRow
from programmes.referrals.intake_rules import ROUTES_WITH_DEADLINE
from programmes.referrals.intake_words import Equality, Intake, IntakeDetails, SomebodyReferred
from programmes.referrals.queries import agencies, programmes_to_refer_to
from scheduling.cohorts.venue_queries import venues

Steps = Mapping[str, Typed]
_YEARS = re.compile(r"[0-9]{4}([ ,;]+[0-9]{4})*")


class Asked(Struct, frozen=True):
    """Which steps this referral has, by what is known so far."""

    names: tuple[str, ...]

    @property
    def first(self) -> str:
        return self.names[0]

    def after(self, name: str) -> str | None:
        later = self.names[self.names.index(name) + 1 :]
        return later[0] if later else None


def asked(steps: Steps, *, is_on_record: bool, has_likely: bool) -> Asked:
    """Somebody on record is not asked for again; only some routes have a deadline of their own."""
    route = (steps.get("referral", {}).get("route") or ("",))[0]
    left_out = {
        "person": is_on_record,
        "same-person": is_on_record or not has_likely,
        "deadline": route not in {str(one) for one in ROUTES_WITH_DEADLINE},
    }
    return Asked(tuple(name for name in STEPS if not left_out.get(name, False)))


async def choices_for(actor: Actor, likely: list[PersonRow]) -> dict[str, Choices]:
    """What can be chosen at each step that offers something from the records."""
    return {
        "referral": {
            "programme": [Choice(one.code, one.name) for one in await programmes_to_refer_to()],
            "agency": [Choice(one.code, one.name) for one in await agencies()],
        },
        "times": {
            "cannot_attend": [Choice(str(one.id), one.name) for one in await venues(actor)]
        },
        "same-person": {
            "same_person": [
                *(Choice(str(row.id), f"{row.first_name} {row.last_name}", _hint(row))
                  for row in likely),
                Choice(SOMEBODY_NEW, "Somebody new"),
            ]
        },
    }  # fmt: skip


async def likely_people(actor: Actor, steps: Steps) -> list[PersonRow]:
    """Who this may be already; nobody while the names are not readable."""
    try:
        about = STEPS["person"].read(steps.get("person", {}))
    except Invalid:
        return []
    name = f"{about.first_name} {about.last_name}"
    return [one.person for one in await people_alike(actor, name=name, born=about.date_of_birth)]


def read_steps(steps: Steps, names: tuple[str, ...], choices: Mapping[str, Choices]) -> Any:
    """The values of every step by its name. Raises Invalid with "step.field" for each mistake."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name in names:
        try:
            values[name] = STEPS[name].read(steps.get(name, {}), choices=choices.get(name, {}))
        except Invalid as refusal:
            errors |= {f"{name}.{field}": says for field, says in refusal.errors.items()}
    try:
        if "children" in values:
            years_of(values["children"].children_born)
    except Invalid as refusal:
        errors |= located(refusal)
    if errors:
        raise Invalid(errors)
    return values


def intake_of(values: Mapping[str, Any], *, person_id: UUID | None) -> Intake:
    """`values` is what `read_steps` answered."""
    about, children = values["referral"], values["children"]
    return Intake(
        person=_person(values, person_id),
        programme_code=about.programme,
        agency_id=about.agency,
        received_on=about.received_on,
        route=about.route,
        risk_level=about.risk_level,
        referring_worker=about.referring_worker,
        contact_with_child={"yes": True, "no": False}.get(children.contact_with_child),
        children_born=years_of(children.children_born),
        equality=_equality(values),
        details=_details(values),
    )


def _person(values: Mapping[str, Any], person_id: UUID | None) -> SomebodyReferred | UUID:
    same = values["same-person"].same_person if "same-person" in values else SOMEBODY_NEW
    if person_id is not None or same != SOMEBODY_NEW:
        return person_id or UUID(same)
    about, needs = values["person"], values["needs"]
    return SomebodyReferred(
        first_name=about.first_name,
        last_name=about.last_name,
        date_of_birth=about.date_of_birth,
        sex=about.sex,
        postcode_district=about.postcode_district,
        first_language=needs.first_language,
        interpreter_needed=needs.interpreter == "yes",
        ethnic_group=values["equality"].ethnic_group,
    )


def _equality(values: Mapping[str, Any]) -> Equality:
    said = values["equality"]
    return Equality(
        religion=said.religion,
        disability=said.disability,
        sexual_orientation=said.sexual_orientation,
    )


def _details(values: Mapping[str, Any]) -> IntakeDetails:
    law, needs, times = values["law"], values["needs"], values["times"]
    deadline = values.get("deadline")
    return IntakeDetails(
        legal_regime=law.legal_regime,
        controller=law.controller,
        lawful_basis=law.lawful_basis,
        may_be_told=law.may_be_told,
        worker_email=values["referral"].worker_email,
        deadline_on=deadline.deadline_on if deadline else None,
        prosecution_limit_on=deadline.prosecution_limit_on if deadline else None,
        needs=needs.needs,
        needs_note=needs.needs_note,
        free_times=times.free_times,
        cannot_attend=times.cannot_attend,
    )


def years_of(text: str | None) -> tuple[int, ...]:
    """2015, 2018. Raises Invalid."""
    if not text:
        return ()
    if not _YEARS.fullmatch(text):
        raise Invalid({"children_born": "Write the years with four digits, like 2015, 2018"})
    return tuple(int(year) for year in re.findall("[0-9]{4}", text))


def located(refusal: Invalid) -> dict[str, str]:
    """A command names a field; this says in which step it stands."""
    step_of = {field: name for name, form in STEPS.items() for field in form.names}
    return {
        f"{step_of[field]}.{field}" if field in step_of else field: says
        for field, says in refusal.errors.items()
    }


def _hint(row: PersonRow) -> str:
    return f"{row.reference}, born {present.long_date(row.date_of_birth)}"


_NOT_YET = {
    ("person", "date_of_birth"): "The date of birth must be in the past.",
    ("referral", "received_on"): "The date of receipt cannot be in the future.",
}


def refuse_future(step: str, values: Any, today: date) -> None:
    """Told at the step itself, before anything is sent. Raises Invalid."""
    found = {
        field: says
        for (name, field), says in _NOT_YET.items()
        if name == step and getattr(values, field) > today
    }
    if found:
        raise Invalid(found)
