"""One account for each role of the demonstration, and the file that says how to sign in."""

import os
from dataclasses import dataclass
from datetime import datetime

import msgspec
import pyotp

from app.databases import Databases
from app.operator import as_operator
from app.safekeeping.keys import key_of, seal
from app.settings import Settings
from app.signing_in.door import hash_password
from programmes.common.accounts import NewAccount, create_account
from programmes.common.db import Side
from programmes.common.errors import Refused
from programmes.common.ids import new_id
from programmes.common.staff import AccountId, Role

PASSWORD = "waymark demo only"  # noqa: S105 - printed on screen, refused in production


@dataclass(frozen=True)
class DemoPerson:
    email: str
    name: str
    role: Role
    side: Side


class DemoAccount(msgspec.Struct, frozen=True):
    """How to sign in as somebody of the demonstration."""

    email: str
    password: str
    totp_secret: str
    role: Role


W, S = Side.WORK, Side.SURVIVOR
CAST = (
    DemoPerson("facilitator@waymark.example", "Frankie Ackroyd", Role.FACILITATOR, W),
    DemoPerson("facilitator.two@waymark.example", "Morgan Tordoff", Role.FACILITATOR, W),
    DemoPerson("cara@waymark.example", "Robin Beaumont", Role.CARA_COORDINATOR, W),
    DemoPerson("manager@waymark.example", "Sam Illingworth", Role.MANAGER, W),
    DemoPerson("manager.two@waymark.example", "Alex Gledhill", Role.MANAGER, W),
    DemoPerson("probation@waymark.example", "Jo Thackray", Role.PROBATION, W),
    DemoPerson("iom@waymark.example", "Chris Holroyd", Role.IOM, W),
    DemoPerson("case.owner@waymark.example", "Ashley Jowett", Role.CASE_OWNER, W),
    DemoPerson("board@waymark.example", "Pat Lumb", Role.BOARD, W),
    DemoPerson("auditor@waymark.example", "Lee Oldroyd", Role.AUDITOR, W),
    DemoPerson("administrator@waymark.example", "Kit Sutcliffe", Role.ADMINISTRATOR, W),
    DemoPerson("survivor.worker@waymark.example", "Noor Farrar", Role.SURVIVOR_WORKER, S),
    DemoPerson("survivor.worker.two@waymark.example", "Ellis Varley", Role.SURVIVOR_WORKER, S),
    DemoPerson("survivor.lead@waymark.example", "Drew Ramsden", Role.SURVIVOR_LEAD, S),
    DemoPerson("auditor.survivor@waymark.example", "Lee Oldroyd", Role.AUDITOR, S),
    DemoPerson("administrator.survivor@waymark.example", "Kit Sutcliffe", Role.ADMINISTRATOR, S),
)


def first_of_each_role() -> dict[str, str]:
    """Role id to e-mail address: what the sign-in page's buttons use."""
    found: dict[str, str] = {}
    for person in CAST:
        found.setdefault(person.role.value, person.email)
    return found


async def create_demo_accounts(
    databases: Databases, *, now: datetime, cast: tuple[DemoPerson, ...] = CAST
) -> list[DemoAccount]:
    """Raises Refused outside the demonstration."""
    settings = databases.settings
    if not settings.is_demo:
        raise Refused("Demonstration accounts are refused in production.")
    password_hash = hash_password(PASSWORD)
    made: list[DemoAccount] = []
    for side in Side:
        async with as_operator(databases, side, act="create-demo-accounts", now=now) as actor:
            for person in cast:
                if person.side is side:
                    new, account = _account(settings, person, password_hash, now)
                    await create_account(new, actor=actor, now=now)
                    made.append(account)
    return made


def _account(
    settings: Settings, person: DemoPerson, password_hash: str, now: datetime
) -> tuple[NewAccount, DemoAccount]:
    account_id = AccountId(new_id(now))
    secret = pyotp.random_base32()
    key = key_of(settings.home, person.side, "totp")
    sealed = seal(key, secret.encode(), about=account_id.bytes)
    new = NewAccount(
        account_id,
        person.email,
        person.name,
        person.role,
        password_hash,
        sealed,
        password_is_first=False,
    )
    return new, DemoAccount(person.email, PASSWORD, secret, person.role)


def write_demo_accounts(settings: Settings, accounts: list[DemoAccount]) -> None:
    """`demo-accounts.json` in the home; readable by its owner alone."""
    path = settings.home / "demo-accounts.json"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(accounts), indent=2) + b"\n")


def read_demo_accounts(settings: Settings) -> list[DemoAccount]:
    path = settings.home / "demo-accounts.json"
    if not path.exists():
        raise Refused("This home has no demonstration. Start one with: python3 run.py")
    return msgspec.json.decode(path.read_bytes(), type=list[DemoAccount])
