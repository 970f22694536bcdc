"""What planning asks of those who lead: sex, languages, accreditations, leave and other duties."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Choice, Day, Radios, Select, Text
from app.forms.form import Form
from scheduling.cohorts.words import StaffAway

_SEXES = (Choice("male", "Man"), Choice("female", "Woman"))
_WHY = (
    Choice(StaffAway.LEAVE.value, "On leave"),
    Choice(StaffAway.OTHER_DUTY.value, "On another duty"),
)


class StaffProfile(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    sex: Annotated[
        str | None,
        Radios(
            "Man or woman?",
            called="the sex",
            choices=_SEXES,
            hint="Where a man and a woman together are sought to lead a group",
            is_inline=True,
        ),
    ] = None
    languages: Annotated[
        str | None,
        Text(
            "Languages besides English",
            hint="With commas: Punjabi, Urdu",
            called="the languages",
            max_length=200,
        ),
    ] = None


class Accredit(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    code: Annotated[str, Select("Accredited for", called="what they are accredited for")]
    until_on: Annotated[
        date | None, Day("Until", called="the last day of it", hint="Leave empty if it has no end")
    ] = None


class AddLeave(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    why: Annotated[str, Radios("Why away?", called="why", choices=_WHY, is_inline=True)]
    from_on: Annotated[date, Day("First day away", called="the first day")]
    until_on: Annotated[date, Day("Last day away", called="the last day")]


PROFILE = Form(StaffProfile, prefix="profile")
ACCREDIT = Form(Accredit, prefix="accredit")
LEAVE = Form(AddLeave, prefix="leave")
