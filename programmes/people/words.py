"""People causing harm, their children, and whose caseload they are on: the words."""

from enum import StrEnum
from typing import NewType
from uuid import UUID

PersonId = NewType("PersonId", UUID)


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"
    OTHER = "other"
    NOT_STATED = "not stated"


class LivesWith(StrEnum):
    MOTHER = "mother"
    FATHER = "father"
    GRANDPARENT = "grandparent"
    FOSTER_CARER = "foster carer"
    OTHER = "other"
    NOT_KNOWN = "not known"
