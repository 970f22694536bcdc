"""The groups that somebody could be given a place in, the best first, with reasons and warnings."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from app import present
from app.forms.field import Choice
from programmes.catalogue.queries import version as programme_version
from programmes.common.clock import london_date
from programmes.common.errors import NotFound
from programmes.common.staff import Actor
from scheduling.cohorts.commands import places_of
from scheduling.cohorts.queries import PlaceRow, cohort
from scheduling.cohorts.transfer_queries import programme_version_of
from scheduling.placement.best_queries import best_groups
from scheduling.placement.fit_rules import transfer_fit_of
from scheduling.placement.group_queries import known_staff, open_groups, seekers
from scheduling.placement.group_words import Fit, OpenGroup, Seeker
from scheduling.placement.value_rules import worth_of
from scheduling.sessions.words import PlanWarning, WarningKind


class Offer(Struct, frozen=True, kw_only=True):
    """One group: open to them where there is no reason against it. `why` is what it is worth."""

    choice: Choice
    points: int
    why: tuple[str, ...]
    reasons: tuple[str, ...]
    warnings: tuple[PlanWarning, ...]


async def offers_for(
    actor: Actor, referral_id: UUID, programme_code: str, *, now: datetime
) -> list[Offer]:
    """Every group of the programme that is not over, the best for them first."""
    return [
        Offer(
            choice=_choice(one.group, (*one.why, *one.cautions), one.warnings),
            points=one.points,
            why=(*one.why, *one.cautions),
            reasons=one.reasons,
            warnings=one.warnings,
        )
        for one in await best_groups(actor, referral_id, programme_code, now=now)
    ]


async def transfer_offers(actor: Actor, place: PlaceRow, *, now: datetime) -> list[Offer]:
    """The other groups of the same programme, for somebody who takes along what they have done."""
    who = await _seeker(actor, place.referral_id, now=now)
    known, left = await known_staff(actor), await cohort(actor, place.cohort_id)
    version_id, has_marks = await programme_version_of(place.id)
    mine = (await programme_version(version_id)).rules
    stands = (mine, await places_of(left, now))
    groups = await open_groups(actor, programme=left.programme_code, now=now)
    fits = [
        transfer_fit_of(who, group, known, left=stands, has_marks=has_marks)
        for group in groups
        if group.id != place.cohort_id
    ]
    offers = [_moving(who, fit, london_date(now)) for fit in fits]
    return sorted(offers, key=lambda one: (bool(one.reasons), -one.points))


async def _seeker(actor: Actor, referral_id: UUID, *, now: datetime) -> Seeker:
    found = await seekers(actor, now=now, referrals=[referral_id])
    if not found:
        raise NotFound
    return found[0]


def able(offers: list[Offer], *, but: UUID | None = None) -> list[Choice]:
    return [o.choice for o in offers if not o.reasons and o.choice.value != str(but)]


def refused(offers: list[Offer]) -> list[tuple[str, tuple[str, ...]]]:
    return [(o.choice.text, o.reasons) for o in offers if o.reasons]


def names_venue(offers: Iterable[Offer]) -> bool:
    """Whether somebody who may open the wording should be led to it."""
    return any(w.kind is WarningKind.VENUE_FORBIDDEN for o in offers for w in o.warnings)


def _moving(who: Seeker, fit: Fit, today: date) -> Offer:
    worth = worth_of(who, fit.group, fit.warnings, today=today)
    return Offer(
        choice=_choice(fit.group, worth.here, fit.warnings),
        points=worth.points,
        why=worth.here,
        reasons=fit.reasons,
        warnings=fit.warnings,
    )


def _choice(group: OpenGroup, why: tuple[str, ...], warnings: tuple[PlanWarning, ...]) -> Choice:
    hint = (f"{group.room.shown_as}. {present.count(group.free, 'place')} free.",)
    when = present.date_span(group.first_on, group.places.last_on)
    said = (*(f"{one}." for one in why), *(warning_words(one) for one in warnings))
    return Choice(str(group.id), f"{group.reference}, {when}", " ".join((*hint, *said)))


def warning_words(warning: PlanWarning) -> str:
    """With the sessions that it is about, where it is not about all."""
    numbers = [str(one) for one in warning.numbers]
    if not numbers or len(numbers) > 4:
        return warning.says
    which = "Session" if len(numbers) == 1 else "Sessions"
    return f"{warning.says} ({which} {present.listed(numbers)}.)"
