"""Whether somebody can still finish, in words."""

from collections.abc import Iterable, Sequence
from typing import Any

from app import present
from app.web.components import Fact, Link, Tag
from outcomes.completion.standing_words import Standing


def standing_tag(stands: Standing) -> Tag:
    done = stands.progress
    if done.is_complete:
        return Tag("Has met the rule", "teal")
    if not stands.is_live:
        return Tag("Place is over", "grey")
    if stands.is_lost:
        return Tag("Can no longer finish", "red")
    spare = done.attended + done.left + stands.catch_ups - done.needed
    return Tag("No session to spare", "orange") if spare <= 0 else Tag("Can finish", "green")


def standing_line(stands: Standing) -> str:
    """As short as a register needs it."""
    done = stands.progress
    return (
        f"{done.attended} of {done.needed} needed, {done.left} left. {standing_tag(stands).text}."
    )


def standing_facts(stands: Standing) -> list[Fact]:
    done = stands.progress
    owed, by_service = _sessions(done.owed), _sessions(done.owed_by_service)
    facts = [
        Fact("Attended", f"{done.attended} of {done.of} sessions; {done.needed} are needed"),
        Fact("Still to come", present.count(done.left, "session") if stands.is_live else "None"),
        Fact("Owed", owed or "None"),
    ]
    if by_service:
        facts.append(Fact("Of these, cancelled by the service", by_service))
    if stands.is_live:
        facts.append(Fact("Could be caught up", present.count(stands.catch_ups, "session")))
    if stands.finish_by:
        facts.append(Fact("To be done by", present.full_date(stands.finish_by)))
    return facts


def _sessions(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    return f"Session{'s' if len(numbers) > 1 else ''} {present.listed([str(n) for n in numbers])}"


def by_place(found: Iterable[Standing]) -> dict[Any, Standing]:
    return {one.enrolment_id: one for one in found}


def completion_link(stands: Standing) -> Link:
    done = stands.progress
    words = f"{stands.person_name}: {done.attended} of the {done.needed} sessions needed"
    return Link(words, f"/places/{stands.enrolment_id}/completion")
