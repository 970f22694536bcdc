"""Tokens of programs: in the `work` database alone, so that none can be of the survivor side."""

from piccolo.columns import ForeignKey
from piccolo.table import Table

from programmes.common.columns import (
    Privacy,
    flag,
    instant,
    key,
    number,
    one_of,
    refers_to,
    rule,
    secret_bytes,
    text,
)
from programmes.common.db import WORK
from programmes.common.tables import Account
from programmes.tokens.words import TOKEN_ROLES


class ApiToken(Table, db=WORK, schema="auth", tablename="api_token"):
    """Lets a program ask in the name of one account, with its role and its caseload."""

    id = key()
    account_id: ForeignKey[Account] = refers_to(Account)
    role = text(Privacy.RECORD)
    name = text(Privacy.RECORD)
    token_hash = secret_bytes(Privacy.SECRET, unique=True)
    may_write = flag(Privacy.RECORD, default=False)
    per_minute = number(Privacy.RECORD, default=60)
    cases_an_hour = number(Privacy.RECORD, default=50)
    asked_at = instant(Privacy.RECORD)
    asked_by: ForeignKey[Account] = refers_to(Account)
    expires_at = instant(Privacy.RECORD)
    approved_at = instant(Privacy.RECORD, null=True)
    approved_by: ForeignKey[Account] = refers_to(Account, null=True)
    ended_at = instant(Privacy.RECORD, null=True)
    ended_because = text(Privacy.RECORD, null=True)
    known_role = one_of("role", TOKEN_ROLES)
    not_longer = rule("expires_at <= asked_at + interval '90 days'")
    approved_by_somebody = rule("(approved_at IS NULL) = (approved_by IS NULL)")
    sound_limits = rule("per_minute BETWEEN 1 AND 600 AND cases_an_hour BETWEEN 1 AND 5000")


class ApiTokenUse(Table, db=WORK, schema="auth", tablename="api_token_use"):
    """How often a token was used in this minute and hour: counted here, whichever process asks."""

    id = key()
    token_id: ForeignKey[ApiToken] = refers_to(ApiToken, index=False)
    minute_at = instant(Privacy.RECORD)
    minute_count = number(Privacy.RECORD, default=0)
    hour_at = instant(Privacy.RECORD)
    hour_cases = number(Privacy.RECORD, default=0)
    last_used_at = instant(Privacy.RECORD)
