"""The dated rules that open tasks, and a new version of one."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app import present
from app.forms.form import Submitted
from app.forms.tasks import NEW_RULE, NewRule
from app.forms.view import FormView
from app.labels import label
from app.web.components import Cell, Tag
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from outcomes.tasks.rule_commands import ADD_RULE, add_rule_version
from outcomes.tasks.rule_queries import rule_versions
from outcomes.tasks.rules import rules_in_force
from outcomes.tasks.words import ReactionRule, RuleCode
from programmes.common.clock import london_date
from programmes.common.errors import NotFound
from programmes.common.ids import new_id
from programmes.common.permissions import Permission, Resource, Verb, may

AnyRequest = Request[Any, Any, Any]
SLUGS = {code.value.replace(" ", "-"): code for code in RuleCode}
_ASKS = {
    RuleCode.FIRST_ABSENCE: "The first session missed, where the risk is high or very high",
    RuleCode.IN_A_ROW: "{0} sessions missed in a row",
    RuleCode.IN_ALL: "{0} sessions missed in all",
    RuleCode.LATENESS: "Late to {0} of the last {1} sessions",
    RuleCode.NO_CONTACT: "Nothing heard for {0} days: no session attended, nobody reached",
    RuleCode.BREACH: "A breach of an order, bail or a caution is recorded",
    RuleCode.HEAD_START: "What goes to the person about an absence waits {0} hours, "
    "the same for everybody",
    RuleCode.ESCALATION: "A task is {0} hours overdue: the managers see it as well",
}


@get("/task-rules", **on(Resource.CATALOGUE, Verb.READ))
async def rules_page(request: AnyRequest) -> Template:
    actor, today = actor_of(request), london_date(request.app.state.clock.now())
    versions = await rule_versions(actor)
    now_in_force = rules_in_force(versions, today)
    return page(
        request,
        "tasks/rules.html",
        may_add=may(actor, ADD_RULE),
        may_open_tasks=may(actor, Permission(Resource.TASK, Verb.READ)),
        rows=[_cells(now_in_force[code], may(actor, ADD_RULE)) for code in RuleCode],
        versions=[_version_cells(one, one is now_in_force[one.code], today) for one in versions],
    )


@get("/task-rules/{slug:str}/new-version", **on(Resource.CATALOGUE, Verb.CREATE))
async def new_rule_page(request: AnyRequest, slug: FromPath[str]) -> Template:
    standing = await _standing(request, slug)
    form = NEW_RULE.blank(
        new_id(request.app.state.clock.now()),
        initial={
            "threshold": standing.threshold,
            "within": standing.within,
            "for_whom": standing.for_whom,
            "due_hours": standing.due_hours,
        },
    )
    return _form_page(request, slug, standing, form)


@post("/task-rules/{slug:str}/new-version", status_code=303, **on(Resource.CATALOGUE, Verb.CREATE))
async def add_rule(request: AnyRequest, slug: FromPath[str]) -> Response[Any]:
    standing = await _standing(request, slug)

    async def do(sent: Submitted[NewRule]) -> str:
        now = request.app.state.clock.now()
        await add_rule_version(
            rule_of(standing.code, sent.values), actor=actor_of(request), now=now
        )
        return "/task-rules"

    async def show(form: FormView, status: int) -> Template:
        return _form_page(request, slug, standing, form, status_code=status)

    return await submit(request, NEW_RULE, do=do, show=show, notice="The version is added.")


def rule_of(code: RuleCode, values: NewRule) -> ReactionRule:
    return ReactionRule(
        code=code,
        threshold=values.threshold,
        within=values.within if code is RuleCode.LATENESS else None,
        for_whom=values.for_whom,
        due_hours=values.due_hours,
        valid_from=values.valid_from,
        source=values.source,
    )


def asks(rule: ReactionRule) -> str:
    return _ASKS[rule.code].format(rule.threshold, rule.within)


async def _standing(request: AnyRequest, slug: str) -> ReactionRule:
    if slug not in SLUGS:
        raise NotFound
    actor, today = actor_of(request), london_date(request.app.state.clock.now())
    return rules_in_force(await rule_versions(actor), today)[SLUGS[slug]]


def _cells(rule: ReactionRule, may_add: bool) -> list[Cell]:
    slug = rule.code.value.replace(" ", "-")
    return [
        Cell(label(rule.code), f"/task-rules/{slug}/new-version" if may_add else ""),
        Cell(asks(rule), note=rule.source),
        Cell(label(rule.for_whom) if rule.for_whom else "Nobody's task"),
        Cell(f"{rule.due_hours} hours" if rule.due_hours else "No limit"),
    ]


def _version_cells(rule: ReactionRule, is_in_force: bool, today: Any) -> list[Cell]:
    stands = Tag("In force", "green") if is_in_force else Tag("Was in force")
    if rule.valid_from > today:
        stands = Tag("To come", "blue")
    return [
        Cell(label(rule.code), note=asks(rule)),
        Cell(present.short_date(rule.valid_from), tag=stands),
        Cell(rule.source),
    ]


def _form_page(
    request: AnyRequest, slug: str, rule: ReactionRule, form: FormView, *, status_code: int = 200
) -> Template:
    return page(
        request,
        "tasks/new_rule.html",
        status_code=status_code,
        form=form,
        rule=rule,
        asks=asks(rule),
        fields=_fields(rule),
        action=f"/task-rules/{slug}/new-version",
    )


def _fields(rule: ReactionRule) -> list[str]:
    found = ["threshold"]
    if rule.within is not None:
        found.append("within")
    if rule.for_whom is not None:
        found += ["for_whom", "due_hours"]
    return [*found, "valid_from", "source"]
