"""The decision on suitability: a question for each criterion of the version in force."""

from functools import lru_cache
from typing import Annotated, Any

import msgspec
from msgspec import Struct

from app.forms.fields import Choice, LongText, Radios, Select, Text
from app.forms.form import Form
from app.labels import label
from programmes.catalogue.entry_words import Answer, EntryEffect, EntryRule
from programmes.catalogue.words import ProgrammeVersion
from programmes.referrals.suitability_words import Answered, Decision
from programmes.referrals.words import Outcome, ReasonCode, ReferralStatus

OUTCOMES_WHEN = {
    ReferralStatus.WAITING: (Outcome.NOT_SUITABLE, Outcome.CLOSED),
    ReferralStatus.OFFERED: (Outcome.NOT_SUITABLE, Outcome.CLOSED),
}
"""Somebody on the list is suitable already; from there they can only be taken off it."""


class TheDecision(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    outcome: Annotated[Outcome, Radios("What have you decided?", called="what you have decided")]
    reason_code: Annotated[
        ReasonCode | None, Select("Reason, unless they are suitable", called="the reason")
    ] = None
    note: Annotated[
        str | None,
        LongText("Note", called="the note", rows=3, hint="The referrer is told the outcome only"),
    ] = None
    override_reason: Annotated[
        str | None,
        LongText(
            "Why are they suitable although not every criterion is met?",
            called="why they are suitable all the same",
            hint="Only then. A second person has to agree.",
            rows=3,
        ),
    ] = None


def name_of(rule: EntryRule) -> str:
    return rule.criterion.replace("-", "_")


@lru_cache(maxsize=64)
def decision_form(entry: tuple[EntryRule, ...]) -> Form[Any]:
    """One question for each rule of a version. Made once for each version."""
    fields: list[Any] = []
    for rule in entry:
        fields.append((name_of(rule), Annotated[Answer, _question(rule)]))
        note = Text("Note on this", called="the note", max_length=500)
        fields.append((f"{name_of(rule)}_note", Annotated[str | None, note], None))
    return Form(
        msgspec.defstruct(
            "Decide", fields, bases=(TheDecision,), frozen=True, kw_only=True,
            forbid_unknown_fields=True,
        )
    )  # fmt: skip


def _question(rule: EntryRule) -> Radios:
    wanted = f"Wanted: {label(rule.wanted).lower()}."
    care = " Another answer asks for care and a note." if rule.effect is EntryEffect.CARE else ""
    choices = tuple(Choice(one.value, label(one)) for one in Answer)
    return Radios(
        rule.asked, called="the answer", hint=wanted + care, choices=choices, is_inline=True
    )


def outcomes_for(status: ReferralStatus) -> list[Choice]:
    return [Choice(one.value, label(one)) for one in OUTCOMES_WHEN.get(status, tuple(Outcome))]


def decision_of(values: Any, version: ProgrammeVersion) -> Decision:
    """Questions that nobody answered for an early closure are left out."""
    answers = {
        rule.criterion: Answered(
            getattr(values, name_of(rule)), getattr(values, f"{name_of(rule)}_note")
        )
        for rule in version.entry
    }
    is_asked = any(a.answer is not Answer.NOT_KNOWN or a.note for a in answers.values())
    return Decision(
        values.outcome,
        values.reason_code,
        values.note,
        answers if is_asked or values.outcome is Outcome.SUITABLE else {},
        values.override_reason,
    )
