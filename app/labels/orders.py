"""Orders, their conditions and their breaches in words."""

from app.labels import describe
from app.present import sentence
from app.web.components import Tag
from programmes.orders.breach_queries import BreachView
from programmes.orders.change_rules import ChangeKind
from programmes.orders.queries import OrdersView
from programmes.orders.words import (
    AUTHORITY_NAMES,
    Authority,
    BreachNature,
    BreachStage,
    ClockState,
    ConditionKind,
    InForce,
    OrderStatus,
    Sanction,
)

describe(
    OrderStatus,
    {
        OrderStatus.LIVE: Tag("In force", "green"),
        OrderStatus.VARIED: Tag("In force, varied", "teal"),
        OrderStatus.DISCHARGED: Tag("Ended early", "grey"),
        OrderStatus.REPLACED: Tag("Replaced by the next", "purple"),
        OrderStatus.REFUSED: Tag("Refused by the court", "grey"),
    },
)
describe(
    BreachStage,
    {
        BreachStage.ALLEGED: Tag("Alleged", "yellow"),
        BreachStage.ARRESTED: Tag("Arrested", "orange"),
        BreachStage.BEFORE_COURT: Tag("Before court", "blue"),
        BreachStage.ADMITTED: Tag("Admitted", "purple"),
        BreachStage.PROVED: Tag("Proved", "purple"),
        BreachStage.NOT_PROVED: Tag("Not proved", "grey"),
        BreachStage.WITHDRAWN: Tag("Withdrawn", "grey"),
    },
)
describe(
    ClockState,
    {
        ClockState.RUNNING: Tag("Running", "blue"),
        ClockState.OVERDUE: Tag("Overdue", "red"),
        ClockState.MET: Tag("Met", "green"),
        ClockState.IN_DOUBT: Tag("Met on one reading only", "orange"),
        ClockState.MISSED: Tag("Missed", "red"),
    },
)
describe(
    OrdersView,
    {
        OrdersView.LIVE: Tag("In force"),
        OrdersView.ENDING: Tag("Ending within 14 days"),
        OrdersView.LAPSED: Tag("Ended, nothing follows"),
        OrdersView.OVER: Tag("No longer in force"),
    },
)
describe(Authority, {one: Tag(sentence(name)) for one, name in AUTHORITY_NAMES.items()})
describe(ConditionKind, {one: Tag(sentence(one.value)) for one in ConditionKind})
describe(Sanction, {one: Tag(sentence(one.value)) for one in Sanction})
describe(
    BreachView,
    {
        BreachView.OPEN: Tag("Open"),
        BreachView.ESTABLISHED: Tag("Admitted or proved"),
        BreachView.ALL: Tag("All that were recorded"),
    },
)
describe(
    ChangeKind,
    {
        ChangeKind.EXTENDED: Tag("It was extended"),
        ChangeKind.VARIED: Tag("Its conditions were varied"),
        ChangeKind.DISCHARGED: Tag("It was ended early"),
        ChangeKind.REFUSED: Tag("The court refused the order applied for"),
        ChangeKind.NOTIFIED: Tag("The address was notified to the police"),
        ChangeKind.REOPENED: Tag("It stands again: the ending was a mistake"),
    },
)
describe(InForce, {InForce.YES: Tag("In force", "green"), InForce.PLANNED: Tag("Planned", "blue")})
describe(BreachNature, {one: Tag(sentence(one.value)) for one in BreachNature})


_NAMED = {
    "pre-charge-bail": "Pre-charge bail",
    "non-molestation": "Non-molestation order",
    "stalking-protection": "Stalking protection order",
}


def order_words(kind: str) -> str:
    """DVPO, pre-charge bail: the code of an order as people say it."""
    is_short = kind in ("dvpn", "dvpo", "dapn", "dapo")
    return kind.upper() if is_short else _NAMED.get(kind) or sentence(kind.replace("-", " "))
