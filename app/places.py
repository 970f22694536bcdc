"""The groups that somebody could be given a place in, with every reason and warning."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from app import present
from app.forms.field import Choice
from programmes.catalogue.queries import version as programme_version
from programmes.common.clock import london_date
from programmes.common.staff import Actor
from scheduling.cohorts.commands import joiner_of, places_of
from scheduling.cohorts.queries import CohortRow, cohort, cohorts
from scheduling.cohorts.rules import reasons_no_place, warnings_of_place


class Offer(Struct, frozen=True):
    """One group: open to them where there is no reason against it."""

    choice: Choice
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]


async def offers_for(
    actor: Actor, referral_id: UUID, programme_code: str, *, now: datetime
) -> list[Offer]:
    """Every group of the programme that is not over, the next one first."""
    joiner = await joiner_of(referral_id)
    offers = []
    rows = await cohorts(actor, programme=programme_code, running_on=london_date(now))
    for row in sorted(rows, key=lambda one: (one.first_on, one.reference)):
        facts = await cohort(actor, row.id)
        rules = (await programme_version(facts.programme_version_id)).rules
        places = await places_of(facts)
        warnings = warnings_of_place(places, joiner)
        offers.append(
            Offer(_choice(row, warnings), reasons_no_place(rules, places, joiner), warnings)
        )
    return offers


def able(offers: list[Offer], *, but: UUID | None = None) -> list[Choice]:
    return [o.choice for o in offers if not o.reasons and o.choice.value != str(but)]


def refused(offers: list[Offer]) -> list[tuple[str, tuple[str, ...]]]:
    return [(o.choice.text, o.reasons) for o in offers if o.reasons]


def _choice(row: CohortRow, warnings: tuple[str, ...]) -> Choice:
    hint = f"{row.venue}, {row.room}. {present.count(row.free, 'place')} free."
    when = present.date_span(row.first_on, row.last_on)
    return Choice(str(row.id), f"{row.reference}, {when}", " ".join((hint, *warnings)))
