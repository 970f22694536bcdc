"""Every part and every state of a page, with invented people: what the shell's tests look at."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from app.forms.linked_sign_in import LINK_ACCOUNT, SECOND_STEP
from app.forms.sign_in import SIGN_IN, DemoRole
from app.web.components import (
    Cell,
    Chosen,
    Clock,
    Difference,
    Each,
    Event,
    Fact,
    GridRow,
    GridSession,
    Header,
    Identity,
    Link,
    Mark,
    MarkKind,
    NavItem,
    Paging,
    Share,
    Step,
    Tag,
    Task,
    Tile,
)
from app.web.errors import TITLES
from app.web.shell import Notice, Shell
from programmes.common.errors import Invalid, Refused
from tests.pages.gallery_form import (
    ABSENCE,
    ABSENCE_AGAIN,
    BAD_ABSENCE,
    BAD_SIGN_IN,
    GOOD_ABSENCE,
    SUBMISSION,
    refusal_of,
)

TEMPLATES = Path(__file__).parent / "gallery"

STRANGER = Shell(is_demo=True)
MANAGER = Shell(
    name="Aisha Rahman",
    role="Programme manager",
    account="01930000-0000-7000-8000-0000000000f1",
    navigation=(
        NavItem("Home", "/"),
        NavItem("Referrals", "/referrals", count=4),
        NavItem("People", "/people", is_current=True),
        NavItem("Groups", "/cohorts"),
        NavItem("Orders", "/orders"),
        NavItem("Reports", "/reports"),
    ),
    is_demo=True,
)


PERSON = Identity(
    name="Bartholomew Featherstonehaugh-Cholmondeley",
    reference="WM-2026-0417",
    href="/people/1",
    born="4 May 1991 (35)",
    risk=Tag("High risk", "red"),
    status=Tag("On a programme", "green"),
    warnings=("Manager to call before any contact.", "Curfew: home by 9:00pm."),
)
_LONG_DETAIL = "Rang the referrer: nothing new.\nNext contact due within two weeks."
_CLOCKS = (
    Clock(
        name="Hearing for the notice",
        deadline="6:30pm on Monday 23 November 2026",
        remaining="1 day 9 hours left",
        tag=Tag("Running", "orange"),
        share_left=0.68,
        reason="48 hours from service on Friday 20 November, 6:30pm. Sunday does not count.",
    ),
    Clock(
        name="Pre-charge bail ends",
        deadline="8:00pm on Tuesday 29 December 2026",
        remaining="37 days left",
        tag=Tag("Running", "blue"),
        share_left=0.4,
        doubt="26 December is a Saturday. Read the other way: Wednesday 30 December, 8:00pm.",
    ),
    Clock(
        name="Court after arrest",
        deadline="by the end of Tuesday 1 September 2026",
        remaining="40 minutes overdue",
        tag=Tag("Missed", "red"),
    ),
)
_KINDS: tuple[tuple[MarkKind, str], ...] = (
    ("attended", "Attended"),
    ("attended", "Attended"),
    ("late", "Came late"),
    ("attended", "Attended"),
    ("absent", "Absent, not acceptable"),
    ("left-early", "Left early"),
    ("absent-acceptable", "Absent, acceptable"),
    ("cancelled", "Cancelled by the service"),
    ("sent-home", "Sent home"),
    ("absent-undecided", "Absent, not yet judged"),
)
_NAMES = ("Suharto", "Zoë Ní Bhriain", "Jamal Okonkwo-Featherstone", "Piotr Wiśniewski", "Dev Rao")


def _grid_row(place: int, name: str) -> GridRow:
    marks = [Mark(*_KINDS[(place * 3 + session) % len(_KINDS)], href="#") for session in range(10)]
    marks += [Mark("to-come", "To come") for _ in range(7)]
    if place == 4:
        marks[0] = Mark("not-joined", "Not yet joined")
    return GridRow(name, f"/people/{place}", tuple(marks), f"{place + 4} of 9")


_LIST_ROWS = tuple(
    (
        Cell(name, href=f"/people/{place}", note=f"WM-2026-04{place:02d}"),
        "Caring Dads",
        Cell(tag=Tag("High risk", "red") if place % 3 == 0 else Tag("Medium risk", "yellow")),
        Cell("24 Nov 2026, 6:00pm", note="in 2 days"),
        f"{place + 6} of 12",
    )
    for place, name in enumerate(_NAMES * 2)
)

GALLERY: Mapping[str, tuple[str, dict[str, Any]]] = {
    "list": (
        "list.html",
        {
            "shell": MANAGER,
            "notice": Notice("Referral received."),
            "crumbs": (Link("Home", "/"), Link("Programmes", "/programmes")),
            "parts": (NavItem("Mine", "/mine", True), NavItem("My team’s", "/team")),
            "chosen": (Chosen("High risk", "?"), Chosen("Caring Dads", "?")),
            "form": ABSENCE.blank(SUBMISSION),
            "headers": (
                Header("Name", href="?sort=name", sorted="ascending"),
                "Programme",
                "Risk",
                Header("Next session", href="?sort=next"),
                Header("Attended", is_numeric=True),
            ),
            "rows": _LIST_ROWS,
            "at": Paging(page=4, size=25, total=312, path="/gallery/list", query={"risk": "high"}),
        },
    ),
    "person": (
        "person.html",
        {
            "shell": MANAGER,
            "person": PERSON,
            "steps": (
                Step("Referred", "done", "3 Sep 2026"),
                Step("Suitable", "done", "14 Sep 2026"),
                Step("Enrolled", "done", "1 Oct 2026"),
                Step("Session 7 of 17", "now"),
                Step("Finished", "to-come", "2 Feb 2027"),
            ),
            "clocks": _CLOCKS,
            "facts": (
                Fact("Referred by", "Children’s social work, east team", "/change"),
                Fact("Reason", "Shouting in front of the children.\nPolice called twice."),
                Fact("Children", ("Girl, 4", "Boy, 9")),
                Fact("Order", Cell("DVPO", href="#", tag=Tag("In force", "green"))),
            ),
            "events": (
                Event(
                    title="Contact with the referrer",
                    when="22 Nov 2026, 4:15pm",
                    by="Aisha Rahman",
                    detail=_LONG_DETAIL,
                ),
                Event(
                    title="Missed session 6",
                    when="17 Nov 2026",
                    href="#",
                    tag=Tag("Not yet judged", "yellow"),
                ),
                Event(title="Referral received", when="3 Sep 2026", by="Dev Rao"),
            ),
        },
    ),
    "register": (
        "register.html",
        {
            "shell": MANAGER,
            "crumbs": (Link("Groups", "/cohorts"),),
            "sessions": tuple(
                GridSession(str(number), f"{(number * 7 - 4) % 28 + 1} Sep", "#")
                for number in range(1, 18)
            ),
            "rows": tuple(_grid_row(place, name) for place, name in enumerate(_NAMES)),
        },
    ),
    "figures": (
        "figures.html",
        {
            "shell": MANAGER,
            "tiles": (
                Tile(figure="39", of="of 90 reached", name="Completed Caring Dads", href="#"),
                Tile(figure="102", name="Children of those reached", note="Each counted once"),
                Tile(figure="13", of="events", name="Breaches recorded", note="On 49 orders"),
            ),
            "shares": (
                Share("Referred", 160, 160),
                Share("Suitable", 120, 160, "40 were not: see the reasons"),
                Share("Started", 90, 160),
                Share("Completed", 39, 160),
            ),
            "headers": ("Group", Header("Starters", True), Header("Completed", True)),
            "rows": (("Spring", 20, 9), ("Summer", 25, 11)),
            "action": Link("See what awaits approval", "#"),
        },
    ),
    "form": ("form.html", {"shell": MANAGER, "form": ABSENCE.blank(SUBMISSION), "other": None}),
    "form-twice": (
        "form.html",
        {
            "shell": MANAGER,
            "form": ABSENCE.blank(SUBMISSION),
            "other": ABSENCE_AGAIN.refused(BAD_ABSENCE, refusal_of(ABSENCE, BAD_ABSENCE)),
        },
    ),
    "form-refused": (
        "form.html",
        {
            "shell": MANAGER,
            "other": None,
            "form": ABSENCE.refused(BAD_ABSENCE, refusal_of(ABSENCE, BAD_ABSENCE)),
        },
    ),
    "form-reasons": (
        "form.html",
        {
            "shell": MANAGER,
            "other": None,
            "form": ABSENCE.refused(
                GOOD_ABSENCE, Refused("The register is signed off.", "The group has ended.")
            ),
        },
    ),
    "home": (
        "home.html",
        {
            "shell": MANAGER,
            "help": "4 referrals wait for you, and one person missed two sessions running.",
            "today": date(2026, 11, 22),
            "needs": (
                Task(
                    text="Check a new referral",
                    href="#",
                    hint="Received this morning",
                    tag=Tag("New", "blue"),
                ),
                Task(text="Review two absences running", href="#", tag=Tag("Due today", "orange")),
                Task(text="Plan the spring group", href="#"),
                Task(
                    text="3 registers not taken",
                    href="",
                    tag=Tag("Not taken", "orange"),
                    each=tuple(
                        Each("Take the register: ", f"group 27, session {number}", "#")
                        for number in (5, 6, 7)
                    ),
                ),
            ),
            "tiles": (
                Tile(figure="23", of="of 30 places", name="Taken in open cohorts", href="#"),
                Tile(figure="11", name="Waiting", note="Longest: 9 weeks"),
            ),
            "seldom": ({"text": "Published figures", "href": "#"}, {"text": "Outbox", "href": "#"}),
        },
    ),
    "home-empty": (
        "home.html",
        {
            "shell": MANAGER,
            "help": "Nothing is late.",
            "today": date(2026, 11, 22),
            "needs": (),
            "tiles": (),
            "seldom": (),
        },
    ),
    "sign-in": (
        "sign_in.html",
        {
            "shell": STRANGER,
            "form": SIGN_IN.blank(SUBMISSION),
            "leads_to": "",
            "provider": "",
            "demo_roles": (
                DemoRole("facilitator", "Facilitator", "marks tonight’s register"),
                DemoRole("manager", "Programme manager", "takes referrals, decides"),
                DemoRole("probation", "Probation officer", "sees whether people attend"),
            ),
        },
    ),
    "sign-in-refused": (
        "sign_in.html",
        {
            "shell": Shell(),
            "form": SIGN_IN.refused(BAD_SIGN_IN, refusal_of(SIGN_IN, BAD_SIGN_IN)),
            "leads_to": "",
            "provider": "Northtown Council",
            "demo_roles": (),
        },
    ),
    "sign-in-code": (
        "sign_in_code.html",
        {"shell": STRANGER, "form": SECOND_STEP.blank(SUBMISSION), "provider": "Northtown Council"},
    ),
    "provider-link": (
        "provider_link.html",
        {
            "shell": MANAGER,
            "form": LINK_ACCOUNT.blank(SUBMISSION),
            "provider": "Northtown Council",
            "known_as": "rowan@northtown.example",
        },
    ),
    "provider-trouble": (
        "provider_trouble.html",
        {
            "shell": STRANGER,
            "words": "Northtown Council does not answer as it should just now.",
            "is_linking": False,
        },
    ),
    "conflict": (
        "conflict.html",
        {
            "shell": MANAGER,
            "message": "Dev Rao saved this at 4:12pm today.",
            "differences": (
                Difference("What was the reason?", "Illness", "Work"),
                Difference("Note", "Rang at six.\nWas polite.", ""),
                Difference("Programme", "Caring Dads", "Caring Dads"),
            ),
            "form": ABSENCE.refused(GOOD_ABSENCE, Invalid({})),
            "action": "/try",
            "keep": "/gallery/person",
        },
    ),
    "check-answers": (
        "check_answers.html",
        {
            "shell": MANAGER,
            "title": "Check before you record this",
            "help": "Nothing is saved until you press the button.",
            "back": "/gallery/form",
            "answers": ABSENCE.answers(GOOD_ABSENCE, change="/gallery/form"),
            "form": ABSENCE.refused(GOOD_ABSENCE, Invalid({})),
            "action": "/try",
            "button": "Record the absence",
        },
    ),
    "about": ("information/about.html", {"shell": STRANGER}),
    "privacy": ("information/privacy.html", {"shell": STRANGER}),
    "accessibility": ("information/accessibility.html", {"shell": MANAGER}),
    **{
        f"problem-{status}": (
            "errors/problem.html",
            {
                "shell": MANAGER if status != 401 else Shell(),
                "title": TITLES[status],
                "detail": "",
                "status": status,
                "field_errors": {"name": "Enter the name"} if status == 422 else {},
                "current": {"missed_on": "24 November 2026"} if status == 409 else {},
            },
        )
        for status in (400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503)
    },
}
