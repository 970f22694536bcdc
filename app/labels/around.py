"""Onward referrals in words."""

from app.labels import describe
from app.web.components import Tag
from programmes.catalogue.around_words import OnwardKind, OnwardOutcome

describe(
    OnwardKind,
    {
        OnwardKind.HOUSING: Tag("Housing"),
        OnwardKind.WORK: Tag("Work or money"),
        OnwardKind.MENTAL_HEALTH: Tag("Mental health"),
        OnwardKind.SUBSTANCES: Tag("Alcohol or drugs"),
        OnwardKind.PARENTING: Tag("Parenting"),
        OnwardKind.PROBATION_PROGRAMME: Tag("Probation programme"),
        OnwardKind.OTHER: Tag("Something else"),
    },
)
describe(
    OnwardOutcome,
    {
        OnwardOutcome.TAKEN_UP: Tag("Taken up", "green"),
        OnwardOutcome.NOT_TAKEN_UP: Tag("Not taken up", "grey"),
        OnwardOutcome.REFUSED: Tag("Not accepted there", "yellow"),
    },
)
