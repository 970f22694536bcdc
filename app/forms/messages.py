"""How one wants to be told, and a participant's way to be reached."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Choice, Radios, Text, Tick
from app.forms.form import Form
from app.labels import label
from outcomes.messages.words import Channel, Telling

_CHANNELS = tuple(Choice(one.value, label(one)) for one in Channel)


class ChooseTelling(Struct, forbid_unknown_fields=True, frozen=True):
    choice: Annotated[
        Telling,
        Radios(
            "How do you want to hear of new items?",
            called="how you want to hear",
            hint="By e-mail to your work address. It says only that there is something new",
        ),
    ]


class AddContactPoint(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    channel: Annotated[
        Channel, Radios("By", called="which way it is", choices=_CHANNELS, is_inline=True)
    ]
    address: Annotated[str, Text("E-mail address or mobile number", called="the address")]
    safe_from: Annotated[
        str, Text("Not before", called="the earliest hour", hint="Like 09:00", width="5")
    ]
    safe_until: Annotated[
        str, Text("Not after", called="the latest hour", hint="Like 20:00", width="5")
    ]
    has_consented: Annotated[
        bool,
        Tick(
            "The person agreed to be reminded this way, and was told that consent can be "
            "withdrawn at any time",
        ),
    ]


CHOOSE_TELLING = Form(ChooseTelling)
ADD_CONTACT_POINT = Form(AddContactPoint)
