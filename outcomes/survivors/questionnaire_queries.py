"""The versions of what survivors are asked, as the database holds them."""

from datetime import date
from uuid import UUID

import msgspec

from outcomes.survivors.questionnaires import Question, Questionnaire, questionnaire_on
from programmes.common.db import fetch
from programmes.common.errors import Invalid, NotFound


class StoredQuestionnaire(msgspec.Struct, frozen=True):
    id: UUID
    questionnaire: Questionnaire


async def stored_questionnaires() -> list[StoredQuestionnaire]:
    """The earliest first."""
    return [
        StoredQuestionnaire(
            row["id"],
            Questionnaire(
                code=row["code"],
                valid_from=row["valid_from"],
                based_on=row["based_on"],
                questions=msgspec.convert(row["questions"], tuple[Question, ...]),
            ),
        )
        for row in await fetch(_VERSIONS)
    ]


async def questionnaires() -> list[Questionnaire]:
    return [stored.questionnaire for stored in await stored_questionnaires()]


async def questionnaire_for(day: date, *, code: str | None = None) -> Questionnaire:
    """The one of this code, else the one in force on this day. Raises NotFound, Invalid."""
    versions = await questionnaires()
    if code is None:
        if day < versions[0].valid_from:
            first = versions[0].valid_from
            raise Invalid({"asked_on": f"Nothing was asked before {first:%-d %B %Y}"})
        return questionnaire_on(day, versions)
    found = next((one for one in versions if one.code == code), None)
    if found is None:
        raise NotFound
    return found


_VERSIONS = (
    "SELECT id, code, valid_from, based_on, questions FROM questionnaire ORDER BY valid_from"
)
