"""The teams that every new home begins with, and who belongs to them."""

from datetime import datetime
from typing import Final
from uuid import UUID

from programmes.common.audit import begin, name_act
from programmes.common.clock import london_date
from programmes.common.db import execute, fetch, insert
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb
from programmes.common.staff import Actor, Role
from programmes.people.tables import Team

MANAGE_TEAMS: Final = Permission(Resource.USERS, Verb.WRITE)

CARING_DADS_TEAM: Final = "Caring Dads team"
CARA_TEAM: Final = "CARA team"
DVPO_TEAM: Final = "DVPO team"
TEAM_OF_ROLE: Final = {Role.IOM: DVPO_TEAM, Role.CARA_COORDINATOR: CARA_TEAM}
"""The team whose caseload a new account of this role shares from its first day."""
TEAMS: Final = {CARING_DADS_TEAM: "caring-dads", CARA_TEAM: "cara", DVPO_TEAM: None}


async def plant_teams(now: datetime) -> None:
    """Adds the teams that are missing. Run by `migrate` as the tables' owner."""
    await name_act("plant-teams")
    known = {row["name"] for row in await fetch("SELECT name FROM team")}
    for name, programme_code in TEAMS.items():
        if name not in known:
            await insert(Team, id=new_id(now), name=name, programme_code=programme_code)


async def join_team(account_id: UUID, team_name: str, *, actor: Actor, now: datetime) -> None:
    """From today on, everybody on the team's caseload is theirs too. Twice is once."""
    await begin(actor, MANAGE_TEAMS, "join-team")
    await execute(
        """
        INSERT INTO team_member (id, team_id, account_id, from_on)
        SELECT $1, t.id, $2, $4 FROM team t WHERE t.name = $3 AND NOT EXISTS (
            SELECT FROM team_member m WHERE m.team_id = t.id AND m.account_id = $2
            AND (m.until_on IS NULL OR m.until_on >= $4))
        """,
        new_id(now),
        account_id,
        team_name,
        london_date(now),
    )
