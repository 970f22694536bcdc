"""The decision form, and moving a referral on by hand."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import LongText, Radios, Select
from app.forms.form import Form
from programmes.referrals.words import Outcome, ReasonCode, ReferralStatus


class Decide(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    outcome: Annotated[
        Outcome,
        Radios("What have you decided?", called="what you have decided"),
    ]
    reason_code: Annotated[
        ReasonCode | None, Select("Reason, unless they are suitable", called="the reason")
    ] = None
    note: Annotated[
        str | None,
        LongText("Note", called="the note", hint="The referrer is told the outcome, not this"),
    ] = None


class MoveOn(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    after: Annotated[ReferralStatus, Radios("Change it to", called="the new status")]
    reason: Annotated[str | None, LongText("Reason", called="the reason", rows=3)] = None


DECIDE = Form(Decide)
MOVE_ON = Form(MoveOn)
