"""How orders, and the breaches of them, are guarded."""

from programmes.common.permissions import Resource, Verb
from programmes.common.security.policies import Guarded, Own
from programmes.orders.tables import (
    Breach,
    BreachMove,
    Order,
    OrderChange,
    OrderCondition,
    OrderKind,
    OrderWording,
)

_MINE = "person_id IN (SELECT auth.own_people())"

OF_ORDERS = (
    Guarded(OrderKind, Resource.CATALOGUE, own=Own.NOBODY, bridge=("id", "code", "name", "law")),
    Guarded(
        Order,
        Resource.ORDERS,
        mutable=(
            "served_at",
            "hearing_at",
            "ends_on",
            "issued_by",
            "notified_at",
            "status",
            "version",
        ),
        bridge=(
            "id",
            "person_id",
            "kind_id",
            "kind",
            "made_on",
            "served_at",
            "hearing_at",
            "ends_on",
            "arrested_at",
            "offence_on",
            "notified_at",
            "follows_id",
            "status",
        ),
    ),
    Guarded(
        OrderCondition,
        Resource.ORDERS,
        mutable=("ends_on",),
        bridge=("id", "order_id", "person_id", "kind"),
    ),
    Guarded(OrderChange, Resource.ORDERS),
    Guarded(
        OrderWording,
        Resource.ORDER_WORDING,
        insert_as=((Resource.ORDERS, Verb.CREATE), (Resource.ORDER_WORDING, Verb.CREATE)),
    ),
    Guarded(
        Breach,
        Resource.BREACH,
        check=_MINE,
        mutable=("stage", "arrested_at", "court_at", "response", "sanction", "version"),
        bridge=(
            "id",
            "order_id",
            "person_id",
            "event_id",
            "occurred_at",
            "arrested_at",
            "court_at",
            "stage",
            "created_at",
        ),
    ),
    Guarded(BreachMove, Resource.BREACH, check=_MINE),
)
