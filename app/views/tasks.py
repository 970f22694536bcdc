"""A task as a page shows it: what it asks for, where it is done, how it stands."""

from datetime import datetime

from app import present
from app.labels import label, tag
from app.web.components import Alike, Cell, Fact, Tag
from app.web.components import Task as Need
from outcomes.tasks.queries import TaskRow
from outcomes.tasks.words import TaskKind, TaskStatus

HEADERS = ("Task", "Person", "Due", "Status")
_OF_PERSON = {
    TaskKind.FIRST_ABSENCE: "attendance",
    TaskKind.ABSENCES_IN_A_ROW: "attendance",
    TaskKind.ABSENCES_IN_ALL: "attendance",
    TaskKind.LATENESS: "attendance",
    TaskKind.NO_CONTACT: "contacts",
    TaskKind.TELL_ISSUER: "statements",
    TaskKind.FINAL_REPORT: "statements",
    TaskKind.DROPPED_OUT: "timeline",
    TaskKind.CANNOT_FINISH: "attendance",
    TaskKind.REVIEW_RISK: "",
}
_OF_RECORD = {
    TaskKind.ANSWER_CONCERN: "/concerns",
    TaskKind.READ_BREACH: "/breaches/{}",
    TaskKind.BEFORE_NEXT_SESSION: "/breaches/{}",
    TaskKind.STAYS_IN_GROUP: "/breaches/{}/stay",
    TaskKind.WHAT_FOLLOWS: "/orders/{}",
    TaskKind.ORDER_LAPSED: "/orders/{}",
}


def where_done(row: TaskRow) -> str:
    """The page on which the matter itself lies."""
    if row.kind in _OF_RECORD:
        return _OF_RECORD[row.kind].format(row.about_id)
    return f"/people/{row.person_id}/{_OF_PERSON[row.kind]}".rstrip("/")


def status_tag(row: TaskRow, now: datetime) -> Tag:
    if row.status in (TaskStatus.OPEN, TaskStatus.ACKNOWLEDGED) and row.due_at < now:
        return Tag("Overdue", "orange")
    return tag(row.status)


def need(row: TaskRow, now: datetime) -> Need:
    """As home shows it."""
    return Need(
        text=f"{label(row.kind)}: {row.person_name}",
        href=f"/tasks/{row.id}",
        tag=status_tag(row, now),
        hint=f"{row.detail}. Due {present.deadline(row.due_at)}.",
        alike=Alike(f"tasks: {present.mid_sentence(label(row.kind))}", row.person_name, "/tasks"),
    )


def cells(row: TaskRow, now: datetime) -> list[Cell]:
    return [
        Cell(label(row.kind), f"/tasks/{row.id}", note=row.detail),
        Cell(row.person_name, f"/people/{row.person_id}", note=row.person_reference),
        Cell(
            present.short_date_and_time(row.due_at),
            note=present.remaining(row.due_at, now) if row.status is not TaskStatus.DONE else "",
        ),
        Cell(tag=status_tag(row, now), note=_by(row)),
    ]


def facts(row: TaskRow, now: datetime) -> list[Fact]:
    found = [
        Fact("Why", row.detail),
        Fact("For", label(row.for_whom)),
        Fact("Opened", present.date_and_time(row.opened_at)),
        Fact("Due", f"{present.date_and_time(row.due_at)}, {present.remaining(row.due_at, now)}"),
    ]
    if row.acknowledged_at:
        when = present.date_and_time(row.acknowledged_at)
        found.append(Fact("In hand", f"{row.acknowledged_by or 'Somebody'}, since {when}"))
    if row.escalated_at:
        found.append(Fact("Before the managers", present.date_and_time(row.escalated_at)))
    if row.done_at:
        when = present.date_and_time(row.done_at)
        found += [
            Fact("Done", f"{row.done_by or 'Somebody'}, {when}"),
            Fact("What was done", row.note or "Not said"),
        ]
    return found


def _by(row: TaskRow) -> str:
    return row.done_by or row.acknowledged_by or ""
