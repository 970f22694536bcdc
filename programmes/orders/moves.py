"""Who may move an order or a breach from one status to the next, and when a reason is owed.

Apart from `words`, so that reckoning a clock does not load accounts and databases.
"""

import msgspec

from programmes.common.staff import Role
from programmes.orders.words import BreachStage, HeardBy, OrderStatus


class BreachMove(msgspec.Struct, frozen=True, kw_only=True):
    """One allowed step of a breach; `where` limits it to instruments decided by these."""

    before: BreachStage
    after: BreachStage
    who: frozenset[Role]
    where: frozenset[HeardBy]
    needs_reason: bool = False


class OrderMove(msgspec.Struct, frozen=True, kw_only=True):
    before: OrderStatus
    after: OrderStatus
    who: frozenset[Role]
    needs_reason: bool = False


BREACH_KEEPERS = frozenset({Role.IOM, Role.PROBATION, Role.MANAGER, Role.OPERATOR})
ORDER_KEEPERS = BREACH_KEEPERS | {Role.CARA_COORDINATOR}

_B = BreachStage
_O = OrderStatus
_COURT = frozenset({HeardBy.COURT})
_ISSUER = frozenset({HeardBy.ISSUER})
_ANYWHERE = frozenset(HeardBy)
_OPEN = (_B.ALLEGED, _B.ARRESTED, _B.BEFORE_COURT)
_DECIDED = (_B.ADMITTED, _B.PROVED, _B.NOT_PROVED)


def _step(
    before: BreachStage, after: BreachStage, where: frozenset[HeardBy] = _ANYWHERE
) -> BreachMove:
    return BreachMove(before=before, after=after, who=BREACH_KEEPERS, where=where)


def _explained(
    before: BreachStage, after: BreachStage, where: frozenset[HeardBy] = _ANYWHERE
) -> BreachMove:
    return BreachMove(
        before=before, after=after, who=BREACH_KEEPERS, where=where, needs_reason=True
    )


BREACH_MOVES: tuple[BreachMove, ...] = (
    _step(_B.ALLEGED, _B.ARRESTED),
    _step(_B.ALLEGED, _B.BEFORE_COURT, _COURT),
    _step(_B.ARRESTED, _B.BEFORE_COURT, _COURT),
    *(_step(_B.BEFORE_COURT, decided, _COURT) for decided in _DECIDED),
    *(
        _step(before, decided, _ISSUER)
        for before in (_B.ALLEGED, _B.ARRESTED)
        for decided in _DECIDED
    ),
    *(_explained(before, _B.WITHDRAWN) for before in _OPEN),
    *(_explained(decided, _B.BEFORE_COURT, _COURT) for decided in _DECIDED),
    *(_explained(decided, _B.ALLEGED, _ISSUER) for decided in _DECIDED),
    _explained(_B.WITHDRAWN, _B.ALLEGED),
)
"""From alleged to decided; a decided or withdrawn breach is reopened only with a reason."""


def _order_move(before: OrderStatus, after: OrderStatus, *, needs_reason: bool) -> OrderMove:
    return OrderMove(before=before, after=after, who=ORDER_KEEPERS, needs_reason=needs_reason)


ORDER_MOVES: tuple[OrderMove, ...] = (
    _order_move(_O.LIVE, _O.VARIED, needs_reason=True),
    _order_move(_O.VARIED, _O.LIVE, needs_reason=True),
    *(
        _order_move(before, after, needs_reason=after is not _O.REPLACED)
        for before in (_O.LIVE, _O.VARIED)
        for after in (_O.DISCHARGED, _O.REPLACED, _O.REFUSED)
    ),
    *(
        _order_move(after, _O.LIVE, needs_reason=True)
        for after in (_O.DISCHARGED, _O.REPLACED, _O.REFUSED)
    ),
)
"""Live may end early, be replaced by its successor, or be refused at the hearing of a notice."""
