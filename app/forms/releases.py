"""Proposing and publishing a release: one press each, with nothing to fill in."""

from msgspec import Struct

from app.forms.form import Form


class ActOnRelease(Struct, forbid_unknown_fields=True, frozen=True):
    """Nothing is asked: what is agreed to stands on the page above the button."""


ACT_ON_RELEASE = Form(ActOnRelease)
