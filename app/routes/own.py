"""What everybody who is signed in has for themselves, on each side."""

from typing import Any

from app.api import own_sign_in as api_own_sign_in
from app.api import passkeys as api_passkeys
from app.pages import own_sign_in, passkeys

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
