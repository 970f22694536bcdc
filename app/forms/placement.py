"""Confirming a proposal, and saying that a group is not offered to somebody."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Hidden, Select
from app.forms.form import Form


class ConfirmProposal(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`asked` is what was pinned and forbidden, as the address said it."""

    shown: Annotated[str, Hidden("Proposal")]
    asked: Annotated[str | None, Hidden("Asked")] = None


class NotOffered(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    where: Annotated[str, Select("Which group or venue?", called="the group or venue")]


CONFIRM_PROPOSAL = Form(ConfirmProposal)
NOT_OFFERED = Form(NotOffered)
