"""What every new home begins with: the programmes, their versions, and who refers to them."""

from datetime import datetime, timedelta

from programmes.catalogue.seeds import PROGRAMMES
from programmes.catalogue.seeds.agencies import AGENCIES
from programmes.catalogue.tables import Agency, Programme, ProgrammeVersion
from programmes.catalogue.words import Programme as ProgrammeWords
from programmes.common.audit import name_act
from programmes.common.db import fetch, fetch_value, insert
from programmes.common.ids import new_id


async def plant_catalogue(now: datetime) -> None:
    """Adds what is missing and changes nothing: a version that is stored stands for good.

    Run by `migrate` as the tables' owner, in its own transaction.
    """
    await name_act("plant-catalogue")
    for place, programme in enumerate(PROGRAMMES):
        # A moment apart, so that they are listed in the order in which they stand here.
        await _plant_programme(programme, now + timedelta(microseconds=place))
    known = {row["name"] for row in await fetch("SELECT name FROM agency")}
    for name, kind in AGENCIES.items():
        if name not in known:
            await insert(Agency, id=new_id(now), name=name, kind=kind)


async def _plant_programme(programme: ProgrammeWords, now: datetime) -> None:
    programme_id = await fetch_value("SELECT id FROM programme WHERE code = $1", programme.code)
    if programme_id is None:
        programme_id = new_id(now)
        await insert(
            Programme,
            id=programme_id,
            code=programme.code,
            name=programme.name,
            status=programme.status,
            created_at=now,
        )
    rows = await fetch("SELECT number FROM programme_version WHERE programme_id = $1", programme_id)
    stored = {row["number"] for row in rows}
    for version in programme.versions:
        if version.number not in stored:
            await insert(
                ProgrammeVersion,
                id=new_id(now),
                programme_id=programme_id,
                number=version.number,
                valid_from=version.valid_from,
                source="; ".join(dict.fromkeys(source.says for source in version.sources)),
                rules=version,
            )
