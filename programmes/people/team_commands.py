"""The teams that every new home begins with."""

from datetime import datetime
from typing import Final

from programmes.common.audit import name_act
from programmes.common.db import fetch, insert
from programmes.common.ids import new_id
from programmes.people.tables import Team

CARING_DADS_TEAM: Final = "Caring Dads team"
CARA_TEAM: Final = "CARA team"
DVPO_TEAM: Final = "DVPO team"
TEAMS: Final = {CARING_DADS_TEAM: "caring-dads", CARA_TEAM: "cara", DVPO_TEAM: None}


async def plant_teams(now: datetime) -> None:
    """Adds the teams that are missing. Run by `migrate` as the tables' owner."""
    await name_act("plant-teams")
    known = {row["name"] for row in await fetch("SELECT name FROM team")}
    for name, programme_code in TEAMS.items():
        if name not in known:
            await insert(Team, id=new_id(now), name=name, programme_code=programme_code)
