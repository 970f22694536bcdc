"""What several documents say in the same words."""

from app import present
from programmes.people.queries import PersonFacts

STANDING = (
    "Attendance does not show that risk has fallen, and a referral is no reason to stop monitoring."
)


def person_lines(facts: PersonFacts) -> list[list[str]]:
    return [
        ["Name", facts.name],
        ["Reference", facts.reference],
        ["Born", present.long_date(facts.date_of_birth)],
    ]
