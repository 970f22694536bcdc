"""A survivor of the first worker and the person who harmed her, for tests of the survivor side."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from app.safekeeping.sealing import SurvivorSealing
from outcomes.survivors.commands import NewSurvivor, record_safe_contact, take_on
from outcomes.survivors.queries import links_of
from outcomes.survivors.words import Channel, ConsentKind, SafeContactDetails, Voicemail
from programmes.common.clock import london_date
from programmes.common.db import Side
from programmes.common.staff import Role
from programmes.people.commands import NewPerson, add_person
from programmes.people.words import Sex
from tests.cast import Company

NAME = "Zephyrine Quillfeather"
NUMBER = "01632 960417"
WORDS = "Marmalade lighthouse, she said."
WORKER, OTHER_WORKER = "survivor.worker@waymark.example", "survivor.worker.two@waymark.example"
LEAD = Role.SURVIVOR_LEAD
ALL_AGREED = dict.fromkeys(ConsentKind, True)


@dataclass(frozen=True)
class Case:
    """`reference` is his."""

    survivor_id: UUID
    person_id: UUID
    link_id: UUID
    reference: str

    @property
    def page(self) -> str:
        return f"/survivors/{self.survivor_id}"


def sealing(company: Company) -> SurvivorSealing:
    return SurvivorSealing(company.databases.settings.home)


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    return london_date(now())


async def person(company: Company) -> tuple[UUID, str]:
    async with company.acting(Role.MANAGER) as actor:
        new = NewPerson("Barnaby", "Oxenholme", date(1988, 5, 4), Sex.MALE)
        person_id = await add_person(new, actor=actor, now=now())
    async with company.owner(Side.WORK) as work:
        reference = await work.fetchval("SELECT reference FROM person WHERE id = $1", person_id)
    return person_id, reference


async def survivor(
    company: Company,
    *,
    consents: dict[ConsentKind, bool] | None = None,
    reviewed: timedelta | None = timedelta(0),
    worker: str = WORKER,
) -> Case:
    """Linked ten days ago. `reviewed` is how long ago her safe contact was; None has none."""
    person_id, reference = await person(company)
    agreed = ALL_AGREED if consents is None else consents
    new = NewSurvivor(
        name=NAME,
        person_id=person_id,
        relationship="former partner",
        linked_on=today() - timedelta(days=10),
        consents=agreed,
    )
    async with company.acting(worker) as actor:
        survivor_id = await take_on(new, sealing=sealing(company), actor=actor, now=now())
        if reviewed is not None:
            await record_safe_contact(
                survivor_id,
                SafeContactDetails(channel=Channel.CALL, address=NUMBER, voicemail=Voicemail.NEVER),
                reviewed_on=today() - reviewed,
                version=1,
                sealing=sealing(company),
                actor=actor,
                now=now(),
            )
        (link,) = await links_of(actor, [survivor_id])
    return Case(survivor_id, person_id, link.id, reference)


def submission(html: str) -> dict[str, str]:
    """The hidden fields of the page's first form."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)[:2])
