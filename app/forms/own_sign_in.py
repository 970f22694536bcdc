"""Choosing another password of one's own."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Code, Hidden, Password, Text
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


class AddPasskey(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    name: Annotated[
        str,
        Text(
            "What do you call it?",
            called="what you call it",
            hint="For example: laptop, or key on my ring",
            max_length=60,
            width="20",
        ),
    ]
    current: Annotated[str, Password("Your password", called="your password")]
    code: Annotated[
        str, Code("Six-digit code", called="the code", hint="From your authenticator app")
    ]
    passkey: Annotated[str | None, Hidden("Passkey")] = None


ADD_PASSKEY = Form(AddPasskey, prefix="add")
CHANGE_PASSWORD = Form(ChangePassword)
