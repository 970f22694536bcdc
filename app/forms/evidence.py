"""A paper that bears on an absence. The file itself is read beside the form."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Text
from app.forms.form import Form


class AddEvidence(Struct, forbid_unknown_fields=True, frozen=True):
    what: Annotated[
        str, Text("What is it?", called="what this paper is", hint="For example: letter from a GP")
    ]


ADD_EVIDENCE = Form(AddEvidence, prefix="evidence", beside=("file",))
