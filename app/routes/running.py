"""Routes of whoever runs the service: status and figures on each side, tokens on the work side."""

from typing import Any

from app.pages import status, tokens

RUNNING_PAGES: tuple[Any, ...] = (status.status_page, status.metrics)
RUNNING_API: tuple[Any, ...] = (status.api_status,)
TOKEN_PAGES: tuple[Any, ...] = (
    tokens.tokens_page,
    tokens.ask_for,
    tokens.revoke,
    tokens.requests_page,
    tokens.approve,
    tokens.refuse,
)
TOKEN_API: tuple[Any, ...] = (tokens.api_tokens, tokens.api_token_requests)
