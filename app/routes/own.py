"""What everybody who is signed in has for themselves, on each side."""

from typing import Any

from app.api import own_sign_in as api_own_sign_in
from app.api import passkeys as api_passkeys
from app.api import provider_link as api_provider_link
from app.pages import own_sign_in, passkeys, provider_link, provider_sign_in

OWN_PAGES: tuple[Any, ...] = (
    own_sign_in.own_page,
    own_sign_in.change_password,
    own_sign_in.end_others,
    passkeys.add,
    passkeys.remove,
)
OWN_API: tuple[Any, ...] = (
    api_own_sign_in.api_own_sign_ins,
    api_own_sign_in.api_change_password,
    api_own_sign_in.api_end_others,
    api_passkeys.api_passkeys,
    api_passkeys.api_options,
    api_passkeys.api_add,
    api_passkeys.api_remove,
)
PROVIDER_PAGES: tuple[Any, ...] = (
    provider_sign_in.leave,
    provider_sign_in.leave_to_link,
    provider_sign_in.come_back,
    provider_sign_in.code_page,
    provider_sign_in.give_code,
    provider_link.leave,
    provider_link.link_page,
    provider_link.link_account,
    provider_link.end,
)
"""Of the programme side alone; where no provider is set, all but the last answer as absent."""
PROVIDER_API: tuple[Any, ...] = (api_provider_link.api_links, api_provider_link.api_end)
