"""Where each role's menu leads: nine pages at hand, the others on a page of their own."""

from typing import Final

from msgspec import Struct

from app.web.components import NavItem
from programmes.common.db import Side
from programmes.common.permissions import Permission, Resource, Verb, may
from programmes.common.staff import Actor, Role

AT_MOST: Final = 10
MORE: Final = NavItem("More", "/more")
_R = Resource
_READ: Final = (Verb.READ,)
_MANAGER: Final = (Role.MANAGER,)


class MenuPage(Struct, frozen=True):
    """A page of the menu, by its own name; what it is for, and which rights open it.

    First come, first at hand; for roles that open it seldom it comes after the others.
    """

    text: str
    href: str
    resource: Resource
    does: str
    verbs: tuple[Verb, ...] = _READ
    seldom: tuple[Role, ...] = ()


_WORK: Final = (
    MenuPage("Tasks", "/tasks", _R.TASK, "What has to be done, by whom and by when"),
    MenuPage(
        "Caseload",
        "/caseload",
        _R.ACCEPTABILITY,
        "Who attends, and absences to judge",
        seldom=_MANAGER,
    ),
    MenuPage("Referrals", "/referrals", _R.PERSON, "From receipt to a place or a reason why not"),
    MenuPage("People", "/people", _R.PERSON, "Find somebody by name or reference"),
    MenuPage("Groups", "/cohorts", _R.COHORTS, "Their people, sessions and registers"),
    MenuPage("Placement", "/placement", _R.PLACEMENT, "Who could go into which group, and why"),
    MenuPage("Orders", "/orders", _R.ORDERS, "Orders and bail, what ends and which clocks run"),
    MenuPage("Breaches", "/breaches", _R.BREACH, "What was alleged, and what came of it"),
    MenuPage(
        "Management report", "/report", _R.MANAGEMENT_REPORT, "Figures of the programmes, whole"
    ),
    MenuPage(
        "Access requests",
        "/access-requests",
        _R.SUBJECT_ACCESS,
        "People who ask what is held about them",
        (Verb.PREPARE,),
        _MANAGER,
    ),
    MenuPage(
        "Published figures",
        "/releases",
        _R.RELEASE,
        "What the board reads, frozen",
        seldom=_MANAGER,
    ),
    MenuPage(
        "Outbox",
        "/outbox",
        _R.OUTBOX,
        "Messages that went, wait or were refused",
        seldom=_MANAGER,
    ),
    MenuPage("Accounts", "/accounts", _R.USERS, "Who may sign in, and as what"),
    MenuPage("Other systems", "/api-tokens", _R.USERS, "Keys of systems that send or read"),
    MenuPage("Status", "/status", _R.USERS, "Whether jobs, mail and backups run"),
    MenuPage("Audit", "/audit", _R.AUDIT_WORK, "Who did what, and who read what"),
)
_SURVIVOR: Final = (
    MenuPage("Your day", "/survivors", _R.SURVIVOR, "Whom to call, and those whom you support"),
    MenuPage(
        "Messages", "/survivor-messages", _R.SURVIVOR, "Messages to them that wait or went wrong"
    ),
    MenuPage(
        "Notices",
        "/notice-requests",
        _R.NOTICE,
        "Safety notices on their way across",
        (Verb.READ, Verb.RELEASE),
    ),
    MenuPage("Caseloads", "/caseloads", _R.USERS, "Who supports whom", (Verb.APPROVE,)),
    MenuPage(
        "Access requests",
        "/clearances",
        _R.SUBJECT_ACCESS,
        "Bundles to read before they go out",
        (Verb.CLEAR,),
    ),
    MenuPage("Report", "/survivor-report", _R.SURVIVOR_REPORT, "How safe they say they are"),
    MenuPage("Published figures", "/releases", _R.RELEASE, "What the board reads, frozen"),
    MenuPage("Accounts", "/accounts", _R.USERS, "Who may sign in, and as what"),
    MenuPage("Status", "/status", _R.USERS, "Whether jobs, mail and backups run"),
    MenuPage("Audit", "/audit", _R.AUDIT_SURVIVOR, "Who did what, and who read what"),
)

_BELONGS_TO: Final = {
    **dict.fromkeys(
        ("sessions", "places", "rooms", "staff", "calendar", "catch-up", "corrections", "arrivals",
         "concerns", "marks", "evidence", "capacity", "programmes", "feedback"),
        "/cohorts",
    ),
    **dict.fromkeys(
        ("waiting-list", "unmet-need", "referral-lists", "around", "agencies"), "/referrals"
    ),
    **dict.fromkeys(("notices", "statements", "emergencies", "legal-holds"), "/people"),
    **dict.fromkeys(("clocks", "order-kinds"), "/orders"),
    **dict.fromkeys(("task-rules", "referrer-contacts"), "/tasks"),
    **dict.fromkeys(("questionnaires", "survivor-exclusions"), "/survivors"),
    "absences": "/caseload",
    "token-requests": "/api-tokens",
}  # fmt: skip
"""The pages outside the menu by the first word of their address, and where each belongs."""


def pages_of(actor: Actor) -> tuple[MenuPage, ...]:
    """The pages that this person may open; never one that would answer as absent."""
    menu = _WORK if actor.side is Side.WORK else _SURVIVOR
    pages = [
        one for one in menu if any(may(actor, Permission(one.resource, verb)) for verb in one.verbs)
    ]
    return tuple(sorted(pages, key=lambda one: actor.role in one.seldom))


def menu_of(actor: Actor) -> tuple[NavItem, ...]:
    """At most ten entries: what does not fit stands behind the last one."""
    pages = pages_of(actor)
    shown = pages if len(pages) <= AT_MOST else pages[: AT_MOST - 1]
    items = tuple(NavItem(one.text, one.href) for one in shown)
    return items if shown == pages else (*items, MORE)


def more_of(actor: Actor) -> tuple[MenuPage, ...]:
    """The pages behind "More"; none where everything fits."""
    at_hand = {item.href for item in menu_of(actor)}
    return tuple(one for one in pages_of(actor) if one.href not in at_hand)


def section_of(path: str, actor: Actor) -> str:
    """The address in the menu under which a page lies, or the page's own."""
    first = path.split("/")[1]
    section = _BELONGS_TO.get(first, path)
    if any(f"/{first}" == one.href or section == one.href for one in more_of(actor)):
        return MORE.href
    return section
