"""The sign-in form, and who one may look around as in the demonstration."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Code, Email, Password
from app.forms.form import Form


class SignInValues(Struct, forbid_unknown_fields=True, frozen=True):
    email: Annotated[str, Email("Email address", called="your email address")]
    password: Annotated[str, Password("Password", called="your password")]
    code: Annotated[
        str, Code("Six-digit code", called="the code", hint="From your authenticator app")
    ]


class DemoRole(Struct, frozen=True):
    """A button of the demonstration's sign-in page."""

    role: str
    label: str
    does: str


SIGN_IN = Form(SignInValues)
