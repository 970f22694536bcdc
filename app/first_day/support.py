"""The first day on the survivor side."""

from app.first_day.parts import (
    IN_DANGER,
    SIGN_IN_TROUBLE,
    Doing,
    FirstDay,
    FirstDays,
    words,
)
from programmes.common.db import Side
from programmes.common.staff import Role

_WORKER = FirstDay(
    does="Waymark tells you first when something changes on the other side, keeps safe contact "
    "details, and holds what each survivor says about how safe they are.",
    week=(
        Doing("See whom to call", "/survivors", "Your day: calls, news and check-ins due."),
        Doing("Tell them what changed", "/survivors", "Open the news; letters to him wait for it."),
        Doing("Record a check-in", "/survivors", "On their page; they may leave any question out."),
        Doing("Take somebody on", "/survivors/new", "He is found by a whole reference only."),
        Doing("Ask for a safety notice", "/survivors", "On their page; your lead releases it."),
    ),
    words=words("Link", "Safe contact", "Check-in", "Head start", "Safety notice", "MARAC"),
    not_told=(
        "Where he is now. It says when his sessions are and what is on record, no more.",
        "Survivors whom a colleague supports, until they are handed over to you.",
        "Whether risk has fallen because he attends. What the survivor says comes first.",
    ),
    ask=(
        "About a notice, a handover or a worry: your service lead.",
        "Before you call: read the safe contact on their page, every time.",
        SIGN_IN_TROUBLE,
        IN_DANGER,
    ),
)
_LEAD = FirstDay(
    does="Waymark makes you the second person: nothing crosses to the other side before you have "
    "read it. It also shows you what survivors say, as figures.",
    week=(
        Doing("Release safety notices", "/notice-requests", "Only what staff can act on."),
        Doing("Clear access requests", "/clearances", "Leave out what could lead to anybody."),
        Doing("Share out the work", "/caseloads", "Move a caseload without opening a record."),
        Doing("Read what survivors say", "/survivor-report", "With how many answered."),
        Doing("Look through the audit", "/audit", "Who opened which record on this side."),
    ),
    words=words("Safety notice", "Access request", "Clearance", "Check-in", "Audit", "Release"),
    not_told=(
        "Single records: you see figures and requests, and whoever supports a person sees the "
        "record.",
        "What the people who did not answer would have said. Silence is not safety.",
    ),
    ask=(
        "About one survivor: the worker who supports them.",
        "About the law on access requests: your data protection officer.",
        SIGN_IN_TROUBLE,
        IN_DANGER,
    ),
)
SUPPORT: FirstDays = {
    (Role.SURVIVOR_WORKER, Side.SURVIVOR): _WORKER,
    (Role.SURVIVOR_LEAD, Side.SURVIVOR): _LEAD,
}
