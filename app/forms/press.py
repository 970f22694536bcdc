"""A button that asks for nothing, but is pressed once."""

from msgspec import Struct

from app.forms.form import Form


class Press(Struct, forbid_unknown_fields=True, frozen=True):
    """Nothing is asked: the address says it all."""


PRESS = Form(Press)
