"""The form of a change to an order that stands."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from app.forms.fields import Checkboxes, Day, LongText, Radios, Select
from app.forms.form import Form
from app.forms.wall_clock import WallTime
from programmes.orders.change_rules import ChangeKind
from programmes.orders.words import Authority, ConditionKind


class ChangeOrder(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    what: Annotated[ChangeKind, Radios("What has changed?", called="what has changed")]
    effective_on: Annotated[date, Day("From which day?", called="the day of the change")]
    ends_on: Annotated[
        date | None,
        Day("New last day, if it is extended", called="the new last day"),
    ] = None
    authority: Annotated[
        Authority | None,
        Select(
            "Who extended it?",
            called="who extended it",
            hint="How long bail may last depends on the rank",
        ),
    ] = None
    notified_on: Annotated[
        date | None, Day("Notified on, if it was notified", called="the day of the notification")
    ] = None
    notified_time: Annotated[
        str | None, WallTime("Time of the notification", called="the time of the notification")
    ] = None
    drop: Annotated[
        tuple[str, ...],
        Checkboxes("Conditions that no longer hold", called="the conditions dropped"),
    ] = ()
    add_kind: Annotated[
        ConditionKind | None, Select("Condition that is added", called="the kind of condition")
    ] = None
    add_wording: Annotated[
        str | None, LongText("Its wording as served", called="the wording", rows=3)
    ] = None
    reason: Annotated[
        str | None, LongText("Reason", called="the reason", hint="As the paper says it", rows=3)
    ] = None


CHANGE_ORDER_FORM = Form(ChangeOrder)
