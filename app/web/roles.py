"""What each role is called, what it does here, and where its menu leads."""

from app.forms.sign_in import DemoRole
from app.web.components import NavItem
from programmes.common.db import Side
from programmes.common.permissions import Permission, Resource, Verb, may
from programmes.common.staff import Actor, Role

NAMES = {
    Role.FACILITATOR: "Facilitator",
    Role.CARA_COORDINATOR: "CARA co-ordinator",
    Role.MANAGER: "Programme manager",
    Role.PROBATION: "Probation officer",
    Role.IOM: "IOM officer, DVPO team",
    Role.CASE_OWNER: "Case owner",
    Role.SURVIVOR_WORKER: "Survivor support worker",
    Role.SURVIVOR_LEAD: "Survivor service lead",
    Role.BOARD: "Board member",
    Role.AUDITOR: "Auditor",
    Role.ADMINISTRATOR: "Administrator",
    Role.OPERATOR: "Operator",
}
_DOES = {
    Role.FACILITATOR: "marks tonight's register",
    Role.CARA_COORDINATOR: "books workshop pairs, sends late arrivals home",
    Role.MANAGER: "takes referrals, decides, plans cohorts",
    Role.PROBATION: "sees whether people attend",
    Role.IOM: "enters orders and bail, records breaches",
    Role.CASE_OWNER: "sees attendance, judges absences",
    Role.SURVIVOR_WORKER: "keeps in touch with the people harmed",
    Role.SURVIVOR_LEAD: "reads what survivors say, releases notices",
    Role.BOARD: "reads published figures",
    Role.AUDITOR: "reads who did what",
    Role.ADMINISTRATOR: "manages accounts",
}
_R = Resource
_WORK_MENU: tuple[tuple[str, str, Resource], ...] = (
    ("Tasks", "/tasks", _R.TASK),
    ("Caseload", "/caseload", _R.ACCEPTABILITY),
    ("Referrals", "/referrals", _R.PERSON),
    ("People", "/people", _R.PERSON),
    ("Cohorts", "/cohorts", _R.COHORTS),
    ("Placement", "/placement", _R.PLACEMENT),
    ("Orders", "/orders", _R.ORDERS),
    ("Breaches", "/breaches", _R.BREACH),
    ("Report", "/report", _R.MANAGEMENT_REPORT),
    ("Access requests", "/access-requests", _R.SUBJECT_ACCESS),
    ("Published figures", "/releases", _R.RELEASE),
    ("Outbox", "/outbox", _R.OUTBOX),
    ("Accounts", "/accounts", _R.USERS),
    ("Other systems", "/api-tokens", _R.USERS),
    ("Status", "/status", _R.USERS),
    ("Audit", "/audit", _R.AUDIT_WORK),
)
_SURVIVOR_MENU: tuple[tuple[str, str, Resource], ...] = (
    ("Survivors", "/survivors", _R.SURVIVOR),
    ("Messages", "/survivor-messages", _R.SURVIVOR),
    ("Notices", "/notice-requests", _R.NOTICE),
    ("Caseloads", "/caseloads", _R.USERS),
    ("Access requests", "/clearances", _R.SUBJECT_ACCESS),
    ("Report", "/survivor-report", _R.SURVIVOR_REPORT),
    ("Published figures", "/releases", _R.RELEASE),
    ("Accounts", "/accounts", _R.USERS),
    ("Status", "/status", _R.USERS),
    ("Audit", "/audit", _R.AUDIT_SURVIVOR),
)

_OTHERWISE = {
    "/notice-requests": (Verb.READ, Verb.RELEASE),
    "/caseloads": (Verb.APPROVE,),
    "/access-requests": (Verb.PREPARE,),
    "/clearances": (Verb.CLEAR,),
}
"""Pages that another right than reading opens."""


def demo_roles(roles: tuple[Role, ...]) -> tuple[DemoRole, ...]:
    return tuple(DemoRole(role.value, NAMES[role], _DOES[role]) for role in roles)


def menu_of(actor: Actor) -> tuple[NavItem, ...]:
    """The pages that this person may open; never one that would answer as absent."""
    menu = _WORK_MENU if actor.side is Side.WORK else _SURVIVOR_MENU
    return tuple(
        NavItem(text, href)
        for text, href, resource in menu
        if any(
            may(actor, Permission(resource, verb)) for verb in _OTHERWISE.get(href, (Verb.READ,))
        )
    )
