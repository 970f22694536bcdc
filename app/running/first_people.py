"""The first people of an installation, its keys, and the sheets that are locked away on paper."""

from dataclasses import dataclass
from datetime import datetime

from app.databases import Databases
from app.operator import as_operator
from app.running.backups.keys import new_backup_key
from app.safekeeping.keys import key_of
from app.safekeeping.sealing import SurvivorSealing
from app.signing_in.accounts import FirstSignIn, new_account
from programmes.common.accounts import create_account
from programmes.common.db import Side, fetch_value
from programmes.common.errors import Refused
from programmes.common.security.policies import Logins
from programmes.common.staff import Role


@dataclass(frozen=True)
class Newcomer:
    name: str
    email: str
    role: Role


@dataclass(frozen=True)
class Sheet:
    """What one side must not lose, and must not leave lying about."""

    side: Side
    made_at: datetime
    people: tuple[tuple[Newcomer, FirstSignIn], ...]
    backup_identity: str


async def refuse_where_people_are(databases: Databases) -> None:
    """Raises Refused: this is done once, in an installation that nobody can sign in to yet."""
    for side in databases.sides:
        async with databases.transaction(Logins(side).door):
            held = await fetch_value("SELECT count(*) FROM auth.account WHERE role <> 'operator'")
        if held:
            raise Refused(
                f"The {side} side has accounts already. Make further ones on the page Accounts, or "
                "with: python3 run.py user create"
            )


async def begin_side(
    databases: Databases, side: Side, newcomers: tuple[Newcomer, ...], *, now: datetime
) -> Sheet:
    """All accounts of one side in one transaction, after its keys are there."""
    home = databases.settings.home
    key_of(home, side, "totp")
    if side is Side.SURVIVOR:
        SurvivorSealing(home)
    people = []
    async with as_operator(databases, side, act="begin-installation", now=now) as actor:
        for one in newcomers:
            new, first = new_account(
                home, side, name=one.name, email=one.email, role=one.role, now=now
            )
            await create_account(new, actor=actor, now=now)
            people.append((one, first))
    return Sheet(side, now, tuple(people), new_backup_key(home, side).identity)


def as_printed(sheet: Sheet) -> str:
    """One page of plain words, for a printer; nothing in it is kept on the machine."""
    title = f"Waymark, {sheet.side} side: recovery sheet"
    lines = [
        title,
        "=" * len(title),
        f"Made on {sheet.made_at:%d %B %Y}. Print it twice, lock both away in different places,",
        "delete the file. Whoever holds this sheet can sign in and can read every backup.",
        "",
        "1. Signing in for the first time",
        "",
    ]
    for one, first in sheet.people:
        lines += [
            f"   {one.name} ({one.role})",
            f"     e-mail address      {first.email}",
            f"     first password      {first.password}",
            f"     authenticator key   {first.totp_secret}",
            "",
        ]
    return "\n".join([*lines, *_about_backups(sheet)])


def _about_backups(sheet: Sheet) -> list[str]:
    return [
        "2. The key that opens this side's backups",
        "",
        f"   {sheet.backup_identity}",
        "",
        "   The machine holds only the key that closes them. Without this line no backup can be",
        "   restored by anybody. To restore: type it into a file, then on a new machine",
        "     python3 run.py restore DIRECTORY --identity FILE",
        "",
        "3. If everybody lost their way in",
        "",
        "   On the machine itself: python3 run.py user reset E-MAIL",
        "   (it is written down in the audit, with the name of whoever ran it)",
        "",
    ]
