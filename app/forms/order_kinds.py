"""The form of a new version of the law of a kind of order."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Checkboxes, Choice, Day, LongText, Number, Radios, Select, Text
from app.forms.form import Form
from programmes.orders.words import Authority, BreachNature, ConditionKind, InForce


class NewVersion(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    name: Annotated[
        str | None,
        Text(
            "Name, if it is a kind of its own",
            called="the name",
            hint="Leave empty for a new version of the same kind",
        ),
    ] = None
    short_name: Annotated[
        str | None, Text("Short name, if it is a kind of its own", called="the short name")
    ] = None
    area: Annotated[
        str,
        Text(
            "Area",
            called="the area",
            hint="England and Wales, or the area whose courts and police have it",
        ),
    ]
    valid_from: Annotated[date, Day("In force from", called="the day it is in force from")]
    source: Annotated[
        str,
        LongText(
            "Source",
            called="the source",
            hint="Act and section, or the instrument that began it",
            rows=2,
        ),
    ]
    in_force: Annotated[InForce, Radios("Is it in force?", called="whether it is in force")]
    shortest: Annotated[
        int | None, Number("Shortest, if it changes", called="the shortest", least=1, most=1200)
    ] = None
    longest: Annotated[
        int | None, Number("Longest, if it changes", called="the longest", least=1, most=1200)
    ] = None
    rank: Annotated[
        Authority | None, Select("Whose limit, for bail", called="whose limit changes")
    ] = None
    can_be_extended: Annotated[
        str,
        Radios(
            "Can it be extended?",
            called="whether it can be extended",
            choices=(Choice("yes", "Yes"), Choice("no", "No")),
            is_inline=True,
        ),
    ]
    breach: Annotated[BreachNature, Select("A breach is", called="what a breach is")]
    breach_source: Annotated[str, Text("Source of that", called="the source of that")]
    conditions: Annotated[
        tuple[ConditionKind, ...],
        Checkboxes("Conditions that it may carry", called="the conditions that it may carry"),
    ] = ()


NEW_VERSION = Form(NewVersion)
