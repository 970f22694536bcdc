"""Requests for access: prepared and released on one side, read a second time on the other."""

from typing import Any

from app.api import access_requests as api_access
from app.pages import access_requests, clearances

ACCESS_PAGES: tuple[Any, ...] = (
    access_requests.access_requests_page,
    access_requests.ask_for_access,
    access_requests.access_request_page,
    access_requests.read_access,
    access_requests.release,
    access_requests.withdraw,
    access_requests.bundle_document,
)
ACCESS_API: tuple[Any, ...] = (
    api_access.api_access_requests,
    api_access.api_ask_for_access,
    api_access.api_access_request,
    api_access.api_read_access,
    api_access.api_release_access,
    api_access.api_withdraw_access,
    api_access.api_bundle,
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
