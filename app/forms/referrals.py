"""Moving a referral on by hand."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import LongText, Radios
from app.forms.form import Form
from programmes.referrals.words import ReferralStatus


class MoveOn(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    after: Annotated[ReferralStatus, Radios("Change it to", called="the new status")]
    reason: Annotated[str | None, LongText("Reason", called="the reason", rows=3)] = None


MOVE_ON = Form(MoveOn)
