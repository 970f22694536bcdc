"""The strategy's quarterly measures: who supplies each, and which are not held here."""

from typing import Final

from msgspec import Struct

NOT_HELD: Final = "Not held here"


class Measure(Struct, frozen=True):
    """`supplier` is who could give it; `table` the code of our own table that answers it."""

    name: str
    supplier: str
    table: str = ""


MEASURES: Final = (
    Measure("Crimes and incidents reported, with risk", f"{NOT_HELD}: West Yorkshire Police"),
    Measure(
        "Contacts to support services and housing",
        f"{NOT_HELD}: support services and Leeds Housing Options",
    ),
    Measure("MARAC referrals", f"{NOT_HELD}: MARAC co-ordination"),
    Measure("Survivor feedback", "This service, as partners answered", "partner_safety"),
    Measure("Domestic-abuse crimes that result in an arrest", f"{NOT_HELD}: West Yorkshire Police"),
    Measure("Interventions: protection orders made and breached", "This service", "orders"),
    Measure("Interventions: Clare's Law disclosures", f"{NOT_HELD}: West Yorkshire Police"),
    Measure("Incidents with a child present", f"{NOT_HELD}: West Yorkshire Police"),
    Measure("Referrals to children's social work", f"{NOT_HELD}: children's social work"),
    Measure("Equality of people causing harm", "This service, by year", "people_equality"),
    Measure("Equality of survivors", f"{NOT_HELD}: survivor services"),
)
