"""Opening a record in an emergency, and what a manager says of it."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Code, Day, LongText, Text
from app.forms.form import Form


class OpenInEmergency(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    surname: Annotated[str, Text("Surname", called="the surname", hint="The whole of it")]
    born: Annotated[date, Day("Date of birth", called="the date of birth")]
    reference: Annotated[
        str | None,
        Text(
            "Reference",
            hint="Only where two people have this name and birthday",
            called="the reference",
        ),
    ] = None
    reason: Annotated[
        str,
        LongText(
            "Who is in danger, and why do you need the record now?",
            called="the reason",
            hint="A manager reads this at once. It stays in the audit.",
            rows=3,
            max_length=1000,
        ),
    ]
    code: Annotated[
        str, Code("Six-digit code", called="the code", hint="From your authenticator, once more")
    ]


class LookAtEmergency(Struct, forbid_unknown_fields=True, frozen=True):
    words: Annotated[
        str,
        LongText(
            "Was it an emergency, and what follows?", called="what follows", rows=2, max_length=1000
        ),
    ]


OPEN_IN_EMERGENCY = Form(OpenInEmergency)
LOOK_AT_EMERGENCY = Form(LookAtEmergency)
