"""The sign-in form, and who one may look around as in the demonstration."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Code, Email, Hidden, Password
from app.forms.form import Form


class SignInValues(Struct, forbid_unknown_fields=True, frozen=True):
    email: Annotated[str, Email("Email address", called="your email address")]
    password: Annotated[str, Password("Password", called="your password")]
    code: Annotated[
        str, Code("Six-digit code", called="the code", hint="From your authenticator app")
    ]
    passkey: Annotated[str | None, Hidden("Passkey")] = None


class SignInByPasskey(Struct, forbid_unknown_fields=True, frozen=True):
    """The same form, once a passkey has answered in place of the code."""

    email: Annotated[str, Email("Email address", called="your email address")]
    password: Annotated[str, Password("Password", called="your password")]
    passkey: Annotated[str, Hidden("Passkey")]
    code: Annotated[str | None, Hidden("Code")] = None


class DemoRole(Struct, frozen=True):
    """A button of the demonstration's sign-in page."""

    role: str
    label: str
    does: str


SIGN_IN = Form(SignInValues)
SIGN_IN_BY_PASSKEY = Form(SignInByPasskey)
