"""The routes of orders, breaches and clocks: pages, then their JSON twins."""

from typing import Any

from app.api import clocks as api_clocks
from app.api import orders as api_orders
from app.pages import (
    breaches,
    clocks,
    new_breach,
    new_order,
    order_changes,
    order_figures,
    order_kinds,
    orders,
)

ORDER_PAGES: tuple[Any, ...] = (
    orders.orders_page,
    orders.expiring_page,
    order_figures.figures_page,
    orders.order_page,
    orders.wording_page,
    orders.person_orders_page,
    order_changes.change_page,
    order_changes.change,
    new_order.find_person_page,
    new_order.enter_order_page,
    new_order.enter,
    new_order.enter_for_new_page,
    new_order.enter_for_new,
    order_kinds.kinds_page,
    order_kinds.kind_page,
    order_kinds.new_version_page,
    order_kinds.add_version,
    breaches.breaches_page,
    new_breach.record_page,
    new_breach.record,
    breaches.breach_page,
    breaches.move,
    breaches.pack,
    clocks.clocks_page,
    clocks.reckon_page,
)
ORDER_API: tuple[Any, ...] = (
    api_orders.api_orders,
    api_orders.api_expiring,
    api_clocks.api_order_figures,
    api_orders.api_order,
    api_orders.api_enter_order,
    api_orders.api_change_order,
    api_clocks.api_order_kinds,
    api_clocks.api_clocks,
    api_clocks.api_reckon,
    api_orders.api_breaches,
    api_orders.api_breach,
    api_orders.api_record_breach,
    api_orders.api_move_breach,
)
