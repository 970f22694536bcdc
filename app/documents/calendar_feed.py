"""A feed as calendar programs read it (RFC 5545): a group's number and a room's, nothing else."""

from collections.abc import Iterable
from datetime import datetime

from scheduling.sessions.calendar_queries import FeedSession


def as_ics(sessions: Iterable[FeedSession], *, now: datetime) -> bytes:
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Waymark//Sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Waymark")
    for one in sessions:
        event = Event()
        event.add("uid", f"{one.id}@waymark.invalid")
        event.add("dtstamp", now)
        event.add("dtstart", one.starts_at)
        event.add("dtend", one.ends_at)
        event.add("summary", f"Group {one.cohort}, Room {one.room}")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made
