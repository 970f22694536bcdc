"""What each role is called, and what it does here."""

from app.forms.sign_in import DemoRole
from programmes.common.staff import Role

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
    Role.MANAGER: "takes referrals, decides, plans groups",
    Role.PROBATION: "sees whether people attend",
    Role.IOM: "enters orders and bail, records breaches",
    Role.CASE_OWNER: "sees attendance, judges absences",
    Role.SURVIVOR_WORKER: "keeps in touch with the people harmed",
    Role.SURVIVOR_LEAD: "reads what survivors say, releases notices",
    Role.BOARD: "reads published figures",
    Role.AUDITOR: "reads who did what",
    Role.ADMINISTRATOR: "manages accounts",
}


def demo_roles(roles: tuple[Role, ...]) -> tuple[DemoRole, ...]:
    return tuple(DemoRole(role.value, NAMES[role], _DOES[role]) for role in roles)
