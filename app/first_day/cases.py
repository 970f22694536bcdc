"""The first day of those whose cases come to the programmes."""

from app.first_day.parts import (
    IN_DANGER,
    NOT_SAFER,
    NOT_YOURS,
    NOTHING_ELSE,
    SIGN_IN_TROUBLE,
    Doing,
    FirstDay,
    FirstDays,
    words,
)
from programmes.common.db import Side
from programmes.common.staff import Role

_PROBATION = FirstDay(
    does="Waymark tells you whether the people you supervise come to their programme, once the "
    "register is signed off, and keeps their orders beside it.",
    week=(
        Doing("See who attended", "/caseload", "Your people; what needs doing comes first."),
        Doing("Judge absences", "/absences", "You say whether the reason was acceptable."),
        Doing("Make a statement for court", "/people", "On the person’s page, under Statements."),
        Doing("Enter an order", "/orders/new", "From the paper as it was served."),
        Doing("Refer somebody", "/referrals/new", "Short steps, each saved as you go."),
    ),
    words=words("Referral", "Absence", "Signed off", "Statement", "Order", "Breach"),
    not_told=(NOTHING_ELSE, "What was said in a session, but for a short summary.", NOT_SAFER),
    ask=(
        "About a group or a place: the programme manager.",
        "About a mark that looks wrong: whoever runs the group.",
        SIGN_IN_TROUBLE,
        IN_DANGER,
    ),
)
_IOM = FirstDay(
    does="Waymark keeps the orders and bail you enter, runs their clocks, warns you before they "
    "end, and tells you at once when somebody drops out.",
    week=(
        Doing("Watch the clocks", "/clocks", "Hearings and courts, the soonest first."),
        Doing("See what ends soon", "/orders/expiring", "And say what follows."),
        Doing("Enter an order or bail", "/orders/new", "Checked against the law of its kind."),
        Doing("Record a breach", "/orders", "Open the order that was broken, then record it."),
        Doing("See who attends", "/caseload", "Your people, with what needs doing first."),
    ),
    words=words("DVPO", "Bail", "Condition", "Clock", "Breach", "Drop-out"),
    not_told=(NOTHING_ELSE, "What was said in a session.", NOT_SAFER),
    ask=(
        "About a person’s place or group: the programme manager.",
        "About a date in law that looks wrong: your legal adviser. Each clock names its section.",
        SIGN_IN_TROUBLE,
        IN_DANGER,
    ),
)
_CASE_OWNER = FirstDay(
    does="Waymark takes your referrals, tells you what became of them, and shows whether the "
    "people in your cases attend.",
    week=(
        Doing("Refer somebody", "/referrals/new", "Short steps; a draft waits for you."),
        Doing("See what became of it", "/referrals", "Where each of your referrals stands."),
        Doing("See who attended", "/caseload", "Your cases; what needs doing comes first."),
        Doing("Judge absences", "/absences", "You say whether the reason was acceptable."),
        Doing("Keep contact with the group", "/referrer-contacts", "Who should be spoken to."),
    ),
    words=words("Referral", "Suitability", "Place", "Absence", "Contact", "Drop-out"),
    not_told=(NOTHING_ELSE, NOT_YOURS, NOT_SAFER),
    ask=(
        "About a decision on your referral: the programme manager.",
        "About a session: whoever runs the group.",
        SIGN_IN_TROUBLE,
        IN_DANGER,
    ),
)
CASES: FirstDays = {
    (Role.PROBATION, Side.WORK): _PROBATION,
    (Role.IOM, Side.WORK): _IOM,
    (Role.CASE_OWNER, Side.WORK): _CASE_OWNER,
}
