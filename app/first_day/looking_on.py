"""The first day of those who open no case: the board, auditors and administrators."""

from app.first_day.parts import IN_DANGER, SIGN_IN_TROUBLE, Doing, FirstDay, FirstDays, words
from programmes.common.db import Side
from programmes.common.staff import Role

_NO_CASES = "Any case. You cannot open a record, and you do not need to."
_ABOUT = Doing("Read what it is for", "/about", "And what its figures do not say.")
_PRIVACY = Doing("Read what is kept about you", "/privacy", "And for what.")
_ACCESSIBLE = Doing("Tell us what is hard to use", "/accessibility", "What works, and what not.")
_OWN_TRAIL = Doing("See what you have opened", "/audit", "Your own sign-ins and readings.")
_RELEASES = Doing("Read the published figures", "/releases", "Frozen: they never change.")

_BOARD = FirstDay(
    does="Waymark shows you the published figures: how many were referred, started and finished, "
    "what is known about safety, and what is not known.",
    week=(_RELEASES, _ABOUT, _OWN_TRAIL, _PRIVACY, _ACCESSIBLE),
    words=words("Release", "[c] in a table", "Unmet need", "Drop-out", "Breach"),
    not_told=(
        _NO_CASES,
        "Small numbers. They are withheld so that nobody can be recognised.",
        "What caused a change. Fewer reports may mean less harm, or less trust in reporting.",
    ),
    ask=(
        "About what a figure means: press “How was this counted?” beside it.",
        "About a figure that you miss: the programme manager.",
        SIGN_IN_TROUBLE,
        IN_DANGER,
    ),
)
_ASK_OF_AUDIT = (
    "About a reading that you cannot explain: the person who did it, then their manager.",
    SIGN_IN_TROUBLE,
    IN_DANGER,
)
_AUDITOR = FirstDay(
    does="Waymark notes every writing, every opening of a record and every refusal. You can read "
    "all of that, and no case.",
    week=(
        Doing(
            "Read who did what",
            "/audit",
            "Newest first; narrow it down by act, by who did it, or by whose record it was.",
        ),
        _RELEASES,
        Doing("Read the rules of programmes", "/programmes", "Each version, with its first day."),
        Doing("Read the law behind orders", "/order-kinds", "Each kind, with its sections."),
        Doing("Read what opens a task", "/task-rules", "Each rule, with its versions."),
    ),
    words=words("Audit", "Release", "Signed off", "Breach"),
    not_told=(
        _NO_CASES,
        "What was written: the audit names the field that changed, not the words.",
    ),
    ask=_ASK_OF_AUDIT,
)
_SURVIVOR_AUDITOR = FirstDay(
    does="Waymark notes every writing, every opening of a record and every refusal on this side. "
    "You can read all of that, and no case. The other side has an account of its own.",
    week=(
        Doing("Read who did what", "/audit", "Newest first; narrow it down by person or act."),
        _RELEASES,
        _ABOUT,
        _PRIVACY,
        _ACCESSIBLE,
    ),
    words=words("Audit", "Release", "Survivor", "Safety notice"),
    not_told=(
        _NO_CASES,
        "What was written: the audit names the field that changed, not the words.",
    ),
    ask=_ASK_OF_AUDIT,
)
_ASK_OF_ACCOUNTS = (
    "Who should have an account: the person’s manager, in writing.",
    "About something that failed on the status page: whoever runs the machine.",
    IN_DANGER,
)
_ADMINISTRATOR = FirstDay(
    does="Waymark lets you make, change and close accounts, see what it sends, and see whether it "
    "runs well. You open no case.",
    week=(
        Doing("Look after accounts", "/accounts", "Closing one signs its owner out at once."),
        Doing("Make an account", "/accounts/new", "Hand the password over in person."),
        Doing("See messages that wait", "/outbox", "One that may have gone waits for you."),
        Doing("Let another system ask", "/api-tokens", "A manager approves it; it ends by itself."),
        Doing("See how the service does", "/status", "What it runs, and what needs a look."),
    ),
    words=words("Outbox", "Token", "Audit"),
    not_told=(_NO_CASES, "Anybody’s password. It is shown once, when the account is made."),
    ask=_ASK_OF_ACCOUNTS,
)
_SURVIVOR_ADMINISTRATOR = FirstDay(
    does="Waymark lets you make, change and close the accounts of this side, and see whether it "
    "runs well. You open no case. The other side has accounts of its own.",
    week=(
        Doing("Look after accounts", "/accounts", "Closing one signs its owner out at once."),
        Doing("Make an account", "/accounts/new", "The service lead approves it."),
        Doing("See how the service does", "/status", "What it runs, and what needs a look."),
        _OWN_TRAIL,
        _PRIVACY,
    ),
    words=words("Survivor", "Audit"),
    not_told=(_NO_CASES, "Anybody’s password. It is shown once, when the account is made."),
    ask=_ASK_OF_ACCOUNTS,
)
LOOKING_ON: FirstDays = {
    (Role.BOARD, Side.WORK): _BOARD,
    (Role.AUDITOR, Side.WORK): _AUDITOR,
    (Role.AUDITOR, Side.SURVIVOR): _SURVIVOR_AUDITOR,
    (Role.ADMINISTRATOR, Side.WORK): _ADMINISTRATOR,
    (Role.ADMINISTRATOR, Side.SURVIVOR): _SURVIVOR_ADMINISTRATOR,
}
