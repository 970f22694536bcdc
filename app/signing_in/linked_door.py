"""The door for whoever a provider vouches for: that takes the place of the password alone."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from app.signing_in.door import Credentials, Door, note_try, refuse_too_many, start
from app.signing_in.tokens import Token
from programmes.common.db import Side
from programmes.common.errors import Invalid
from programmes.common.security.policies import Logins
from programmes.linked_sign_ins.commands import AccountAtDoor, Subject, account_of, note_use

_WRONG = Invalid({"code": "This did not let you in. Wait for a new code, then try again."})
_DOOR = Logins(Side.WORK).door


@dataclass(frozen=True)
class LinkedDoor:
    """Of the programme side: the survivor side has no table that names a provider."""

    door: Door

    async def sign_in(self, who: Subject, given: Credentials, *, now: datetime) -> Token:
        """With the code, or a passkey. Raises Invalid, with the same words for somebody whom no
        account is linked to, for an account that is closed and for a code that is wrong."""
        async with self.door.databases.transaction(_DOOR):
            linked = await account_of(who)
            given = replace(given, email=linked.email if linked else _nobodys_name(who))
            try:
                await refuse_too_many(given, now)
            except Invalid as refusal:
                raise Invalid({"code": refusal.errors["email"]}) from None
            token = await self._start(linked, given, now) if linked else None
            account = {"id": linked.id} if linked else None
            await note_try(given, account, succeeded=token is not None, now=now)
        if token is None:
            raise _WRONG
        return token

    async def refuse_too_many_returns(self, source: str, *, now: datetime) -> None:
        """Raises Invalid for a source from which too much was tried, by whichever way."""
        async with self.door.databases.transaction(_DOOR):
            await refuse_too_many(Credentials("return", "", "", source), now)

    async def note_refused_return(self, state: str, source: str, *, now: datetime) -> None:
        """A try that names nobody: it counts against its source."""
        given = Credentials(f"return {state}", "", "", source)
        async with self.door.databases.transaction(_DOOR):
            await note_try(given, None, succeeded=False, now=now)

    async def _start(
        self, linked: AccountAtDoor, given: Credentials, now: datetime
    ) -> Token | None:
        account = {"id": linked.id, "totp_secret": linked.totp_secret}
        if not await self.door.use_second(Side.WORK, account, given, now):
            return None
        await note_use(linked.link_id, now=now)
        return await start(Side.WORK, linked.id, now)


def _nobodys_name(who: Subject) -> str:
    """What tries are counted under where no account is linked."""
    digest = hashlib.sha256(f"{who.issuer} {who.subject}".encode()).hexdigest()
    return f"linked to nobody {digest[:32]}"
