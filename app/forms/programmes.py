"""A programme as data: its version, and its status."""

from datetime import date
from typing import Annotated, Any

from msgspec import Struct

from app.forms.fields import Checkboxes, Choice, Day, LongText, Number, Radios, Text, Tick
from app.forms.form import Choices, Form
from programmes.catalogue.entry_words import Checked, EntryRule
from programmes.catalogue.seeds.shared import WEEKLY_MARKS, WORKSHOP_MARKS
from programmes.catalogue.version_rules import modules_of, modules_text
from programmes.catalogue.words import (
    AllInOrder,
    AlsoRequired,
    ClosedAfterSession,
    CompletionRule,
    Deadline,
    GroupSize,
    JoiningRule,
    NumberAttended,
    ProgrammeStatus,
    ProgrammeVersion,
    Rolling,
    ShareAttended,
    Source,
    Staffing,
    WholeSeriesOnly,
    Wish,
)
from programmes.common.errors import Invalid
from programmes.referrals.words import RiskLevel

JOINING = (
    Choice("rolling", "At any session"),
    Choice("closed", "Up to a certain session"),
    Choice("whole", "Only from the first session"),
)
COMPLETION = (
    Choice("share", "A share of the sessions"),
    Choice("number", "A number of sessions"),
    Choice("all", "All of them in one group, in order"),
)
LATE = (Choice("there", "Counts as there"), Choice("refused", "Is not admitted"))


class TheVersion(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    valid_from: Annotated[date, Day("In force from", called="the day it begins")]
    sessions: Annotated[
        int,
        Number("Numbered sessions", called="the number of sessions", least=1, most=104, width="3"),
    ]
    modules: Annotated[
        str,
        LongText(
            "Modules",
            called="the modules",
            rows=4,
            max_length=2000,
            hint="One a line: 1-3 Getting started",
        ),
    ]
    individual: Annotated[
        str | None,
        Text(
            "Sessions held one to one",
            called="the sessions",
            hint="With commas: 8, 17",
            max_length=60,
            width="20",
        ),
    ] = None
    minutes: Annotated[
        int,
        Number(
            "Minutes of a session",
            called="the minutes of a session",
            least=15,
            most=600,
            width="3",
        ),
    ]
    slots_a_week: Annotated[
        int,
        Number(
            "Sessions a week", called="the number of sessions a week", least=1, most=7, width="2"
        ),
    ]
    size_least: Annotated[
        int, Number("Smallest group", called="the smallest group", least=1, most=60, width="2")
    ]
    size_most: Annotated[
        int, Number("Largest group", called="the largest group", least=1, most=60, width="2")
    ]
    facilitators: Annotated[
        int,
        Number(
            "Facilitators needed", called="the number of facilitators", least=1, most=6, width="2"
        ),
    ]
    mixed_pair: Annotated[Wish, Radios("A man and a woman as facilitators", called="the pair")]
    accreditation: Annotated[
        str | None,
        Text(
            "Accreditation that a facilitator must hold",
            called="the accreditation",
            hint="Its code, such as respect",
            max_length=40,
            width="20",
        ),
    ] = None
    single_sex: Annotated[bool, Tick("Groups are of one sex")]
    risk_levels: Annotated[tuple[RiskLevel, ...], Checkboxes("For which risk?", called="the risk")]
    joining: Annotated[
        str,
        Radios(
            "When may somebody join?",
            called="when somebody may join",
            choices=JOINING,
            reveals={"closed": "closed_after"},
        ),
    ]
    closed_after: Annotated[
        int | None,
        Number(
            "Closed after session",
            called="after which session it closes",
            least=1,
            most=104,
            width="3",
        ),
    ] = None
    completion: Annotated[
        str,
        Radios(
            "What completes it?",
            called="what completes it",
            choices=COMPLETION,
            reveals={"share": "percent_attended", "number": "least_attended"},
        ),
    ]
    percent_attended: Annotated[
        int | None,
        Number(
            "Per cent of the sessions",
            called="the share of sessions in per cent",
            least=1,
            most=100,
            width="3",
        ),
    ] = None
    least_attended: Annotated[
        int | None,
        Number("Sessions attended", called="how many sessions", least=1, most=104, width="3"),
    ] = None
    late: Annotated[
        str, Radios("Somebody who comes late", called="what lateness means", choices=LATE)
    ]
    criteria: Annotated[
        tuple[str, ...],
        Checkboxes(
            "Asked at assessment",
            called="the criteria",
            hint="The question, and the answer that is wanted",
        ),
    ] = ()
    intake_interview: Annotated[bool, Tick("An intake interview is required")]
    referrer_contacts: Annotated[
        int,
        Number(
            "Contacts with the referrer required",
            called="the number of contacts with the referrer",
            least=0,
            most=20,
            width="2",
        ),
    ]
    partner_contact: Annotated[bool, Tick("Partner contact by another worker")]
    survivor_support: Annotated[bool, Tick("A survivor support service alongside")]
    absence_to_police: Annotated[bool, Tick("Absence goes back to the police")]
    deadline: Annotated[Deadline, Radios("Must be finished by", called="the deadline")]
    source: Annotated[str, Text("Who decided this, and where", called="the source")]


class NewProgramme(TheVersion, forbid_unknown_fields=True, frozen=True, kw_only=True):
    name: Annotated[str, Text("Name of the programme", called="the name", max_length=60)]


class ChangeStatus(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    after: Annotated[ProgrammeStatus, Radios("Change it to", called="the new status")]
    reason: Annotated[str | None, LongText("Reason", called="the reason", rows=3)] = None


NEW_VERSION: Form[Any] = Form(TheVersion)
NEW_PROGRAMME: Form[Any] = Form(NewProgramme)
CHANGE_STATUS = Form(ChangeStatus)


def criteria_choices(known: tuple[EntryRule, ...]) -> Choices:
    return {
        "criteria": [Choice(one.criterion, one.asked, f"Wanted: {one.wanted}") for one in known]
    }


def rules_of(
    said: TheVersion, known: tuple[EntryRule, ...], before: ProgrammeVersion | None
) -> ProgrammeVersion:
    """Weeks between workshops are kept from the version before. Raises Invalid."""
    try:
        modules = modules_of(said.modules, said.sessions)
    except ValueError as refusal:
        raise Invalid({"modules": str(refusal)}) from None
    return ProgrammeVersion(
        programme="",
        number=0,
        valid_from=said.valid_from,
        modules=modules,
        individual=_numbers(said.individual),
        minutes=said.minutes,
        slots_a_week=said.slots_a_week,
        gap=before.gap if before else None,
        size=GroupSize(said.size_least, said.size_most),
        staffing=Staffing(
            needed=said.facilitators, mixed_pair=said.mixed_pair, accreditation=said.accreditation
        ),
        single_sex=said.single_sex,
        risk_levels=tuple(str(one) for one in said.risk_levels),
        joining=_joining(said),
        completion=_completion(said),
        marks=WEEKLY_MARKS if said.late == "there" else WORKSHOP_MARKS,
        entry=tuple(one for one in known if one.criterion in said.criteria),
        also_required=_also(said),
        deadline=said.deadline,
        sources=(Source("version", Checked.PRACTICE, said.source),),
    )


def said_by(rules: ProgrammeVersion) -> dict[str, Any]:
    """The version in force as the form begins: what is not changed stays."""
    joining, completion, also = rules.joining, rules.completion, rules.also_required
    return {
        "sessions": rules.modules[-1].last,
        "modules": modules_text(rules.modules),
        "individual": ", ".join(str(one) for one in rules.individual) or None,
        "minutes": rules.minutes,
        "slots_a_week": rules.slots_a_week,
        "size_least": rules.size.least,
        "size_most": rules.size.most,
        "facilitators": rules.staffing.needed,
        "mixed_pair": rules.staffing.mixed_pair,
        "accreditation": rules.staffing.accreditation,
        "single_sex": rules.single_sex,
        "risk_levels": rules.risk_levels,
        "joining": _NAMES_OF_JOINING[type(joining)],
        "closed_after": joining.session if isinstance(joining, ClosedAfterSession) else None,
        "completion": _NAMES_OF_COMPLETION[type(completion)],
        "percent_attended": completion.percent if isinstance(completion, ShareAttended) else None,
        "least_attended": completion.least if isinstance(completion, NumberAttended) else None,
        "late": "refused" if rules.marks == WORKSHOP_MARKS else "there",
        "criteria": tuple(str(one.criterion) for one in rules.entry),
        "intake_interview": also.intake_interview,
        "referrer_contacts": also.referrer_contacts,
        "partner_contact": also.partner_contact_by_another_worker,
        "survivor_support": also.survivor_support_alongside,
        "absence_to_police": also.absence_goes_to_police,
        "deadline": rules.deadline,
    }


_NAMES_OF_JOINING = {Rolling: "rolling", ClosedAfterSession: "closed", WholeSeriesOnly: "whole"}
_NAMES_OF_COMPLETION = {ShareAttended: "share", NumberAttended: "number", AllInOrder: "all"}


def _joining(said: TheVersion) -> JoiningRule:
    if said.joining == "closed":
        return ClosedAfterSession(said.closed_after or 0)
    return Rolling() if said.joining == "rolling" else WholeSeriesOnly()


def _completion(said: TheVersion) -> CompletionRule:
    if said.completion == "share":
        return ShareAttended(said.percent_attended or 0)
    return NumberAttended(said.least_attended or 0) if said.completion == "number" else AllInOrder()


def _also(said: TheVersion) -> AlsoRequired:
    return AlsoRequired(
        intake_interview=said.intake_interview,
        referrer_contacts=said.referrer_contacts,
        partner_contact_by_another_worker=said.partner_contact,
        survivor_support_alongside=said.survivor_support,
        absence_goes_to_police=said.absence_to_police,
    )


def _numbers(text: str | None) -> tuple[int, ...]:
    try:
        return tuple(sorted({int(one) for one in (text or "").replace(",", " ").split()}))
    except ValueError:
        raise Invalid({"individual": "Write the numbers like 8, 17"}) from None
