"""Requests for access: prepared and released on one side, read a second time on the other."""

from typing import Any

from app.api import access_requests as api_access
from app.api import legal_holds as api_legal_holds
from app.pages import access_requests, clearances, legal_holds

ACCESS_PAGES: tuple[Any, ...] = (
    access_requests.access_requests_page,
    access_requests.ask_for_access,
    access_requests.access_request_page,
    access_requests.read_access,
    access_requests.release,
    access_requests.withdraw,
    access_requests.bundle_document,
    legal_holds.legal_holds_page,
    legal_holds.hold,
    legal_holds.lift,
)
ACCESS_API: tuple[Any, ...] = (
    api_access.api_access_requests,
    api_access.api_ask_for_access,
    api_access.api_access_request,
    api_access.api_read_access,
    api_access.api_release_access,
    api_access.api_withdraw_access,
    api_access.api_bundle,
    api_legal_holds.api_legal_holds,
    api_legal_holds.api_hold,
    api_legal_holds.api_lift,
)
CLEARANCE_PAGES: tuple[Any, ...] = (
    clearances.clearances_page,
    clearances.clearance_page,
    clearances.clear,
)
CLEARANCE_API: tuple[Any, ...] = (
    api_access.api_clearances,
    api_access.api_clearance,
    api_access.api_clear,
)
