"""What cannot stand in a referral: each finding beside the field that it is about."""

from collections.abc import Mapping
from datetime import date

from programmes.catalogue.entry_words import Answer, EntryCriterion, EntryEffect
from programmes.catalogue.words import ProgrammeVersion
from programmes.referrals.intake_words import IntakeDetails, LawfulBasis, LegalRegime
from programmes.referrals.words import Route

ROUTES_WITH_DEADLINE = frozenset({Route.CONDITIONAL_CAUTION, Route.COMMUNITY_ORDER, Route.LICENCE})
_BASES_OF_PART_3 = frozenset({LawfulBasis.LAW_ENFORCEMENT_TASK, LawfulBasis.CONSENT})
_FIELD_OF = {
    EntryCriterion.UNDER_CONDITIONAL_CAUTION: "route",
    EntryCriterion.CONTACT_WITH_CHILD: "contact_with_child",
}
_SAYS = {
    EntryCriterion.UNDER_CONDITIONAL_CAUTION: (
        "{name} is only for people under a conditional caution. Choose that route, or another "
        "programme."
    ),
    EntryCriterion.CONTACT_WITH_CHILD: (
        "{name} is only for parents in regular contact with a child. Choose another programme; a "
        "planned one records the need."
    ),
}


def entry_mistakes(
    version: ProgrammeVersion, name: str, *, route: Route, contact_with_child: bool | None
) -> dict[str, str]:
    """Answers in the referral itself that this version's criteria rule out, by field.

    Only what the referral says outright: what is not known is asked at assessment.
    """
    answers = answers_in_referral(route, contact_with_child)
    return {
        _FIELD_OF[rule.criterion]: _SAYS[rule.criterion].format(name=name)
        for rule in version.entry
        if rule.effect is EntryEffect.BAR
        and rule.criterion in _FIELD_OF
        and answers[rule.criterion] not in (rule.wanted, Answer.NOT_KNOWN)
    }


def answers_in_referral(
    route: Route, contact_with_child: bool | None
) -> Mapping[EntryCriterion, Answer]:
    """What the referral says to the questions of assessment."""
    said = {True: Answer.YES, False: Answer.NO, None: Answer.NOT_KNOWN}
    return {
        EntryCriterion.UNDER_CONDITIONAL_CAUTION: said[route is Route.CONDITIONAL_CAUTION],
        EntryCriterion.CONTACT_WITH_CHILD: said[contact_with_child],
    }


def child_mistakes(born_in: tuple[int, ...], *, parent_born: date, today: date) -> dict[str, str]:
    """A child is born after the parent, and not in a year to come."""
    to_come = [str(year) for year in born_in if year > today.year]
    older = [str(year) for year in born_in if year <= parent_born.year]
    if older:
        return {
            "children_born": f"A child born in {', '.join(older)} would be older than the parent, "
            f"born in {parent_born.year}. Check both years."
        }
    if to_come:
        return {"children_born": f"{', '.join(to_come)} is still to come. Check the year."}
    return {}


def detail_mistakes(details: IntakeDetails, *, route: Route, received_on: date) -> dict[str, str]:
    """DPA 2018 s.35: under Part 3 the basis is consent or a competent authority's task."""
    found: dict[str, str] = {}
    is_part_3 = details.legal_regime is LegalRegime.LAW_ENFORCEMENT
    if is_part_3 and details.lawful_basis not in _BASES_OF_PART_3:
        found["lawful_basis"] = "Under Part 3 choose consent or a law enforcement task."
    if not is_part_3 and details.lawful_basis is LawfulBasis.LAW_ENFORCEMENT_TASK:
        found["lawful_basis"] = "A law enforcement task belongs to Part 3. Choose another basis."
    if details.deadline_on is not None and details.deadline_on < received_on:
        found["deadline_on"] = "This ended before the referral was received. Check the date."
    if route is Route.CONDITIONAL_CAUTION and details.deadline_on is None:
        found["deadline_on"] = "Enter the last day of the caution."
    limit = details.prosecution_limit_on
    if limit is not None and limit < received_on:
        found["prosecution_limit_on"] = "This limit was over before the referral was received."
    return found
