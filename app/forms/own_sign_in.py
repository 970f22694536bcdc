"""Choosing another password of one's own."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Code, Password
from app.forms.form import Form


class ChangePassword(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    current: Annotated[str, Password("Password now", called="the password you have now")]
    new: Annotated[
        str,
        Password(
            "New password",
            called="the new password",
            hint="At least 12 characters. Three or four words that only you would join are good.",
            autocomplete="new-password",
        ),
    ]
    again: Annotated[
        str,
        Password(
            "New password again", called="the new password again", autocomplete="new-password"
        ),
    ]
    code: Annotated[
        str, Code("Six-digit code", called="the code", hint="From your authenticator app")
    ]


CHANGE_PASSWORD = Form(ChangePassword)
