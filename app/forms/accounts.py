"""Making and changing an account."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Choice, Email, Radios, Text
from app.forms.form import Form
from programmes.common.staff import Role


class MakeAccount(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    name: Annotated[str, Text("Name", called="their name")]
    email: Annotated[str, Email("Work e-mail address", called="their e-mail address")]
    role: Annotated[Role, Radios("Role", called="their role")]


class ChangeAccount(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    role: Annotated[Role, Radios("Role", called="their role")]
    is_active: Annotated[
        str,
        Radios(
            "May they sign in?",
            called="whether they may sign in",
            choices=(Choice("yes", "Yes"), Choice("no", "No")),
        ),
    ]


MAKE_ACCOUNT = Form(MakeAccount)
CHANGE_ACCOUNT = Form(ChangeAccount)
