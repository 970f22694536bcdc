"""The first day of those who run groups."""

from app.first_day.parts import (
    IN_DANGER,
    NOT_SAFER,
    NOTHING_ELSE,
    SIGN_IN_TROUBLE,
    Doing,
    FirstDay,
    FirstDays,
    words,
)
from programmes.common.db import Side
from programmes.common.staff import Role

_FACILITATOR = FirstDay(
    does="Waymark holds the registers of your groups, says who owes a session and who can still "
    "finish, and tells the right people when somebody does not come.",
    week=(
        Doing("Open tonight’s register", "/", "It is first on your home page. Two taps a person."),
        Doing("Look at your groups", "/cohorts", "Who is in them, and how each is doing."),
        Doing("Book a catch-up", "/catch-up", "Who owes which session, and where there is room."),
        Doing(
            "Speak to whoever referred",
            "/referrer-contacts",
            "Some programmes ask for three contacts; the page counts them.",
        ),
        Doing("Work through your tasks", "/tasks", "Calls to make and facts to follow up."),
    ),
    words=words("Group", "Register", "Signed off", "Catch-up", "Absence", "Safety notice"),
    not_told=(NOTHING_ELSE, "The wording of orders. You see the kind and what to mind.", NOT_SAFER),
    ask=(
        "About a group, a room or a place: your programme manager.",
        "Whether an absence was acceptable: the case owner, named on the person’s page.",
        SIGN_IN_TROUBLE,
        IN_DANGER,
    ),
)
_CARA = FirstDay(
    does="Waymark books people into pairs of workshops before their caution’s date, keeps the "
    "registers, and tells the police who attended.",
    week=(
        Doing("Take a referral in", "/referrals/new", "Short steps, each saved as you go."),
        Doing("See whose caution runs out", "/orders/expiring", "The soonest first."),
        Doing("Give somebody a pair", "/placement", "Which pairs have room before the date."),
        Doing("Open the workshop’s register", "/cohorts", "Late is refused: mark “sent home”."),
        Doing("Settle who came unbooked", "/arrivals", "Find out who they are, and book them."),
    ),
    words=words("Conditional caution", "Pair", "Register", "Signed off", "Absence", "Statement"),
    not_told=(NOTHING_ELSE, "Anybody’s record outside CARA.", NOT_SAFER),
    ask=(
        "About rooms and who leads: the programme manager.",
        "About a caution and its date: the officer who gave it.",
        SIGN_IN_TROUBLE,
        IN_DANGER,
    ),
)
_MANAGER = FirstDay(
    does="Waymark keeps the referrals, the waiting lists and the groups of every programme, and "
    "counts who finished, out of how many, and whom you could not help.",
    week=(
        Doing("Decide on referrals", "/referrals", "Newest first; each asks for reasons."),
        Doing("Offer places", "/placement", "Who waits, and which groups could take them."),
        Doing("Plan a group", "/cohorts/plan", "You see every session before it is written."),
        Doing("Settle corrections", "/corrections", "You are the second person for a register."),
        Doing("Prepare the quarterly report", "/report", "Exact figures, for inside use alone."),
    ),
    words=words(
        "Suitability", "Place", "Group", "Unmet need", "Drop-out", "Safety notice", "Release"
    ),
    not_told=(
        NOTHING_ELSE,
        "Why a group is “not offered here” to somebody. Do not look for the reason.",
        NOT_SAFER,
    ),
    ask=(
        "About an order or bail: the IOM officer or the DVPO team.",
        "About an access request: your data protection officer, on the same day.",
        SIGN_IN_TROUBLE,
        IN_DANGER,
    ),
)
GROUPS: FirstDays = {
    (Role.FACILITATOR, Side.WORK): _FACILITATOR,
    (Role.CARA_COORDINATOR, Side.WORK): _CARA,
    (Role.MANAGER, Side.WORK): _MANAGER,
}
