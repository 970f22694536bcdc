"""Programmes as data: looked at, opened, paused and closed, changed, and made anew."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.forms.field import Choice
from app.forms.form import Submitted
from app.forms.programmes import (
    CHANGE_STATUS,
    NEW_PROGRAMME,
    NEW_VERSION,
    ChangeStatus,
    criteria_choices,
    rules_of,
    said_by,
)
from app.forms.view import FormView
from app.labels import label
from app.views.programmes import earlier, history, row_of
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from programmes.catalogue.entry_words import EntryRule
from programmes.catalogue.history_queries import in_use, programme_moves
from programmes.catalogue.programme_commands import (
    WRITE_PROGRAMMES,
    add_programme,
    add_version,
    change_status,
)
from programmes.catalogue.queries import StoredProgramme, programme, programmes
from programmes.catalogue.words import STATUS_MOVES
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb, may

AnyRequest = Request[Any, Any, Any]
_READS: dict[str, Any] = on(Resource.CATALOGUE, Verb.READ)
_WRITES: dict[str, Any] = on(Resource.CATALOGUE, Verb.WRITE)
FIELDS_FIRST = ("name", "valid_from", "sessions", "modules", "individual", "minutes")


@get("/programmes", **_READS)
async def programmes_page(request: AnyRequest) -> Template:
    actor = actor_of(request)
    use = await in_use(actor)
    return page(
        request,
        "programmes/list.html",
        rows=[row_of(one, use.get(one.code)) for one in await programmes()],
        may_write=may(actor, WRITE_PROGRAMMES),
    )


@get("/programmes/{code:str}", **_READS)
async def programme_page(request: AnyRequest, code: FromPath[str]) -> Template:
    return await _page(request, await programme(code))


@post("/programmes/{code:str}/status", status_code=303, **_WRITES)
async def change(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    found = await programme(code)

    async def do(sent: Submitted[ChangeStatus]) -> str:
        await change_status(
            code,
            sent.values.after,
            reason=sent.values.reason or "",
            version=sent.version or 0,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/programmes/{code}"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, found, form, status_code=status)

    return await submit(request, CHANGE_STATUS, do=do, show=show, notice="The status is changed.")


@get("/programmes/{code:str}/new-version", **_WRITES)
async def new_version_page(request: AnyRequest, code: FromPath[str]) -> Template:
    found, known = await programme(code), known_criteria(await programmes())
    form = NEW_VERSION.blank(
        new_id(request.app.state.clock.now()),
        version=found.version,
        choices=criteria_choices(known),
        initial=said_by(found.versions[-1].rules),
    )
    return _form(request, form, found)


@post("/programmes/{code:str}/new-version", status_code=303, **_WRITES)
async def new_version(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    found, known = await programme(code), known_criteria(await programmes())

    async def do(sent: Submitted[Any]) -> str:
        await add_version(
            code,
            rules_of(sent.values, known, found.versions[-1].rules),
            source=sent.values.source,
            version=sent.version or 0,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/programmes/{code}"

    async def show(form: FormView, status: int) -> Template:
        return _form(request, form, found, status_code=status)

    said, choices = "The new version stands beside the old.", criteria_choices(known)
    return await submit(request, NEW_VERSION, do=do, show=show, notice=said, choices=choices)


@get("/programmes/new", **_WRITES)
async def new_programme_page(request: AnyRequest) -> Template:
    choices = criteria_choices(known_criteria(await programmes()))
    return _form(
        request, NEW_PROGRAMME.blank(new_id(request.app.state.clock.now()), choices=choices), None
    )


@post("/programmes/new", status_code=303, **_WRITES)
async def new_programme(request: AnyRequest) -> Response[Any]:
    known = known_criteria(await programmes())

    async def do(sent: Submitted[Any]) -> str:
        code = await add_programme(
            sent.values.name,
            rules_of(sent.values, known, None),
            source=sent.values.source,
            actor=actor_of(request),
            now=request.app.state.clock.now(),
        )
        return f"/programmes/{code}"

    async def show(form: FormView, status: int) -> Template:
        return _form(request, form, None, status_code=status)

    said, choices = "The programme is planned. Open it when it can begin.", criteria_choices(known)
    return await submit(request, NEW_PROGRAMME, do=do, show=show, notice=said, choices=choices)


def known_criteria(stored: list[StoredProgramme]) -> tuple[EntryRule, ...]:
    """Every question that any version asks, in its latest wording."""
    found = {rule.criterion: rule for one in stored for v in one.versions for rule in v.rules.entry}
    return tuple(found.values())


async def _page(
    request: AnyRequest,
    found: StoredProgramme,
    form: FormView | None = None,
    *,
    status_code: int = 200,
) -> Template:
    actor = actor_of(request)
    nexts = [m.after for m in STATUS_MOVES if m.before is found.status and actor.role in m.who]
    choices = {"after": [Choice(one.value, label(one)) for one in nexts]}
    now = request.app.state.clock.now()
    blank = CHANGE_STATUS.blank(new_id(now), version=found.version, choices=choices)
    return page(
        request,
        "programmes/programme.html",
        status_code=status_code,
        programme=found,
        versions=earlier(list(found.versions)),
        history=history(list(await programme_moves(actor, found.id))),
        change=form or (blank if nexts else None),
        may_write=may(actor, WRITE_PROGRAMMES),
        form=form,
    )


def _form(
    request: AnyRequest,
    form: FormView,
    found: StoredProgramme | None,
    *,
    status_code: int = 200,
) -> Template:
    names = [name for name in FIELDS_FIRST if name in form.fields]
    names += [n for n, f in form.fields.items() if n not in names and not f.is_revealed]
    return page(
        request,
        "programmes/version.html",
        status_code=status_code,
        form=form,
        names=names,
        programme=found,
        back=f"/programmes/{found.code}" if found else "/programmes",
        action=f"/programmes/{found.code}/new-version" if found else "/programmes/new",
    )
