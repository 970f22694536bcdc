"""What plans of cohorts depend on, read once for however many are planned together."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from programmes.common.errors import Invalid
from programmes.common.staff import Actor
from scheduling.calendars.words import Closure
from scheduling.sessions.planning_queries import (
    RoomRow,
    around,
    interpreters,
)
from scheduling.sessions.planning_words import CohortRequest
from scheduling.sessions.words import Circumstances, PersonLimits, StaffFacts


class Grounds(Struct, frozen=True, kw_only=True):
    """`leads` in the order of their names, as warnings name them."""

    rooms: dict[UUID, RoomRow]
    leads: Sequence[StaffFacts]
    speakers: Sequence[StaffFacts]
    closures: Sequence[Closure]

    def room(self, request: CohortRequest) -> RoomRow:
        """Raises Invalid for a room that there is not."""
        if request.room_id not in self.rooms:
            raise Invalid({"room": "Select the room from the list"})
        return self.rooms[request.room_id]

    def circumstances(self, request: CohortRequest) -> Circumstances:
        """Raises Invalid for somebody who leads or interprets nothing."""
        asked = set(request.facilitator_ids)
        leads = [one for one in self.leads if not asked or one.id in asked]
        if asked - {one.id for one in leads}:
            raise Invalid({"facilitators": "Select the facilitators from the list"})
        speakers = self.speakers if request.interpreter_id else ()
        if request.interpreter_id and request.interpreter_id not in {one.id for one in speakers}:
            raise Invalid({"interpreter": "Select the interpreter from the list"})
        language = request.interpreter_language
        group = PersonLimits(shown_as="This group", needs_language=language)
        return Circumstances(
            rooms=(self.room(request).facts,),
            staff=(*leads, *speakers),
            people=(group,) if language else (),
            expected=request.capacity,
        )


async def grounds_of(requests: Sequence[CohortRequest], actor: Actor) -> Grounds:
    named = {who for request in requests for who in request.facilitator_ids}
    is_anybody_asked = any(not request.facilitator_ids for request in requests)
    needs_speakers = any(request.interpreter_id for request in requests)
    speakers = await interpreters(actor) if needs_speakers else []
    found = await around(
        actor,
        rooms={request.room_id for request in requests},
        leads=None if is_anybody_asked else sorted(named),
    )
    return Grounds(
        rooms={one.id: one for one in found.rooms},
        leads=found.leads,
        speakers=[one.facts for one in speakers],
        closures=found.closures,
    )
