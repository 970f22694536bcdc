"""What goes on around the programmes: onward referrals, consultations, trainings."""

from enum import StrEnum


class OnwardKind(StrEnum):
    """Other help on a person's plan."""

    HOUSING = "housing"
    WORK = "work"
    MENTAL_HEALTH = "mental health"
    SUBSTANCES = "substances"
    PARENTING = "parenting"
    PROBATION_PROGRAMME = "probation programme"
    OTHER = "other"


class OnwardOutcome(StrEnum):
    TAKEN_UP = "taken up"
    NOT_TAKEN_UP = "not taken up"
    REFUSED = "not accepted"
