"""The second step after a provider has vouched for somebody, and linking one's own account."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Code, Hidden, Password
from app.forms.form import Form


class SecondStep(Struct, forbid_unknown_fields=True, frozen=True):
    code: Annotated[
        str, Code("Six-digit code", called="the code", hint="From your authenticator app")
    ]
    passkey: Annotated[str | None, Hidden("Passkey")] = None


class SecondStepByPasskey(Struct, forbid_unknown_fields=True, frozen=True):
    """The same form, once a passkey has answered in place of the code."""

    passkey: Annotated[str, Hidden("Passkey")]
    code: Annotated[str | None, Hidden("Code")] = None


class LinkAccount(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    current: Annotated[str, Password("Your password", called="your password")]
    code: Annotated[
        str, Code("Six-digit code", called="the code", hint="From your authenticator app")
    ]


SECOND_STEP = Form(SecondStep)
SECOND_STEP_BY_PASSKEY = Form(SecondStepByPasskey)
LINK_ACCOUNT = Form(LinkAccount)
