"""What came of telling a survivor what changed."""

from typing import Annotated

from msgspec import Struct

from app.forms.fields import Checkboxes, Radios
from app.forms.form import Form
from outcomes.survivors.support_words import Told


class SettleNews(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`news` are places in the list as it was shown, each with the key it stands for."""

    news: Annotated[
        tuple[str, ...],
        Checkboxes("What did you speak about?", called="what you spoke about"),
    ]
    outcome: Annotated[Told, Radios("What came of it?", called="what came of it")]


SETTLE_NEWS = Form(SettleNews)
