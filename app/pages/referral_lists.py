"""Lists of referrals: sent, looked at row by row, approved by a second person, undone."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct

from app import present
from app.forms.field import Choice
from app.forms.fields import Select
from app.forms.form import Choices, Form, Submitted
from app.forms.press import PRESS, Press
from app.forms.view import FormView
from app.labels import label, tag
from app.referral_lists import MOST_BYTES, read_list, taking
from app.web.components import Cell, Fact
from app.web.guard import actor_of, on
from app.web.shell import page
from app.web.submitting import submit
from programmes.common.audit import note_reading
from programmes.common.clock import london_date
from programmes.common.ids import new_id
from programmes.common.permissions import Resource, Verb
from programmes.common.workbooks.writing import write_csv
from programmes.referrals.import_commands import (
    apply_import,
    decide_row,
    discard_import,
    keep_import,
    undo_import,
)
from programmes.referrals.import_queries import (
    ImportFacts,
    ImportRow,
    import_of,
    import_rows,
    imports,
)
from programmes.referrals.import_words import COLUMNS, LEAVE, TAKE, ImportStatus, Verdict

AnyRequest = Request[Any, Any, Any]
_MAY: dict[str, Any] = on(Resource.IMPORT, Verb.CREATE)


class RowDecision(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    decision: Annotated[str, Select("What to do", called="what to do")]


ROW_DECISION = Form(RowDecision)
Do = Callable[[int], Awaitable[Any]]


@get("/referral-lists", **_MAY)
async def lists_page(request: AnyRequest) -> Template:
    return await _lists(request)


@get("/referral-lists/empty.csv", media_type="text/csv", **_MAY)
async def empty_list(request: AnyRequest) -> Response[bytes]:
    headers = {"Content-Disposition": 'attachment; filename="referrals.csv"'}
    body = write_csv(list(COLUMNS), [])
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


@post("/referral-lists", status_code=303, **_MAY)
async def send_list(request: AnyRequest) -> Response[Any]:
    sent_file = (await request.form()).get("file")

    async def do(sent: Submitted[Press]) -> str:
        actor = actor_of(request)
        name, content = await _name_and_content(sent_file)
        now = request.app.state.clock.now()
        rows = await read_list(name, content, today=london_date(now), actor=actor)
        digest = hashlib.sha256(content).hexdigest()
        import_id = await keep_import(name, digest, rows, actor=actor, now=now)
        return f"/referral-lists/{import_id}"

    async def show(form: FormView, status: int) -> Template:
        return await _lists(request, form, status_code=status)

    said = "The list is read. Nothing is taken in yet."
    return await submit(request, PRESS, do=do, show=show, notice=said)


@get("/referral-lists/{import_id:uuid}", **_MAY)
async def list_page(request: AnyRequest, import_id: FromPath[UUID]) -> Template:
    return await _page(request, import_id)


@post("/referral-lists/{import_id:uuid}/rows/{row_id:uuid}", status_code=303, **_MAY)
async def decide(
    request: AnyRequest, import_id: FromPath[UUID], row_id: FromPath[UUID]
) -> Response[Any]:
    rows = await import_rows(actor_of(request), import_id)
    row = next((one for one in rows if one.id == row_id), None)
    choices: Choices = {"decision": _choices(row) if row else []}

    async def do(sent: Submitted[RowDecision]) -> str:
        actor, now = actor_of(request), request.app.state.clock.now()
        found = await decide_row(row_id, sent.values.decision, actor=actor, now=now)
        return f"/referral-lists/{found}"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, import_id, form, status_code=status)

    return await submit(request, ROW_DECISION, do=do, show=show, notice="Decided.", choices=choices)


@post("/referral-lists/{import_id:uuid}/approve", status_code=303, **_MAY)
async def approve(request: AnyRequest, import_id: FromPath[UUID]) -> Response[Any]:
    actor, now = actor_of(request), request.app.state.clock.now()

    async def do(version: int) -> None:
        await apply_import(import_id, taking(actor, now), version=version, actor=actor, now=now)

    return await _settled(request, import_id, do, "The rows that were to be taken are in.")


@post("/referral-lists/{import_id:uuid}/undo", status_code=303, **_MAY)
async def undo(request: AnyRequest, import_id: FromPath[UUID]) -> Response[Any]:
    actor, now = actor_of(request), request.app.state.clock.now()

    async def do(version: int) -> None:
        await undo_import(import_id, version=version, actor=actor, now=now)

    return await _settled(request, import_id, do, "The list is undone.")


@post("/referral-lists/{import_id:uuid}/discard", status_code=303, **_MAY)
async def discard(request: AnyRequest, import_id: FromPath[UUID]) -> Response[Any]:
    async def do(version: int) -> None:
        await discard_import(import_id, version=version, actor=actor_of(request))

    return await _settled(request, import_id, do, "The list is thrown away.")


async def _settled(request: AnyRequest, import_id: UUID, change: Do, notice: str) -> Response[Any]:
    async def do(sent: Submitted[Press]) -> str:
        await change(sent.version or 0)
        return f"/referral-lists/{import_id}"

    async def show(form: FormView, status: int) -> Template:
        return await _page(request, import_id, form, status_code=status)

    return await submit(request, PRESS, do=do, show=show, notice=notice)


async def _name_and_content(sent: Any) -> tuple[str, bytes]:
    """One byte more than is taken, so that what is too large is known to be."""
    if not isinstance(sent, UploadFile):
        return "", b""
    return sent.filename[-80:], await sent.read(MOST_BYTES + 1)


async def _lists(
    request: AnyRequest, form: FormView | None = None, *, status_code: int = 200
) -> Template:
    return page(
        request,
        "referrals/lists.html",
        status_code=status_code,
        upload=form or PRESS.blank(new_id(request.app.state.clock.now())),
        form=form,
        columns=list(COLUMNS),
        rows=[_list_cells(one) for one in await imports(actor_of(request))],
    )


async def _page(
    request: AnyRequest, import_id: UUID, form: FormView | None = None, *, status_code: int = 200
) -> Template:
    actor, now = actor_of(request), request.app.state.clock.now()
    found = await import_of(actor, import_id)
    rows = await import_rows(actor, import_id)
    await note_reading("referral-import", import_id)
    is_open = found.status is ImportStatus.OPEN
    return page(
        request,
        "referrals/import.html",
        status_code=status_code,
        list=found,
        facts=_facts(found, rows),
        rows=[_row(one, is_open=is_open, now=now) for one in rows],
        press=PRESS.blank(new_id(now), version=found.version),
        is_open=is_open,
        is_own=found.uploaded_by == actor.account_id,
        may_undo=found.status is ImportStatus.APPLIED,
        form=form,
    )


def _list_cells(one: ImportFacts) -> list[Any]:
    return [
        Cell(one.file_name or "A list", f"/referral-lists/{one.id}", note=one.file_hash[:12]),
        present.short_date_and_time(one.uploaded_at),
        one.uploaded_by_name or "",
        Cell(tag=tag(one.status)),
    ]


def _facts(found: ImportFacts, rows: list[ImportRow]) -> list[Fact]:
    counts = [
        f"{sum(one.verdict is verdict for one in rows)} {label(verdict).lower()}"
        for verdict in Verdict
    ]
    sent = present.short_date_and_time(found.uploaded_at)
    facts = [
        Fact("Status", Cell(tag=tag(found.status))),
        Fact("Rows", present.listed(counts)),
        Fact("To be taken", str(sum(one.decision != LEAVE for one in rows))),
        Fact("Sent by", f"{found.uploaded_by_name}, {sent}"),
        Fact("Hash of the file (SHA-256)", found.file_hash),
    ]
    if found.applied_at:
        when = present.short_date_and_time(found.applied_at)
        facts.append(Fact("Approved by", f"{found.approved_by_name}, {when}"))
    if found.undone_at:
        when = present.short_date_and_time(found.undone_at)
        facts.append(Fact("Undone by", f"{found.undone_by_name}, {when}"))
    return facts


def _row(one: ImportRow, *, is_open: bool, now: Any) -> dict[str, Any]:
    person = one.cells.get("person", {})
    chosen = next((c.text for c in _choices(one) if c.value == one.decision), "")
    form = ROW_DECISION.blank(
        new_id(now), choices={"decision": _choices(one)}, initial={"decision": one.decision}
    )
    may_decide = is_open and one.verdict not in (Verdict.REFUSED, Verdict.MATCHED)
    return {
        "id": one.id,
        "number": one.number,
        "ref": one.ref,
        "name": f"{person.get('first_name', '')} {person.get('last_name', '')}".strip(),
        "tag": tag(one.verdict),
        "says": one.says
        or present.sentence("; ".join(f"may be {words}" for words in one.likely.values())),
        "chosen": chosen,
        "choices": _choices(one) if may_decide else [],
        "decision": one.decision,
        "submission": form.submission,
        "referral": one.referral_id,
    }


def _choices(one: ImportRow) -> list[Choice]:
    taken = "Change what is on record" if one.verdict is Verdict.CHANGED else "Take in"
    found = [Choice(LEAVE, "Leave out"), Choice(TAKE, f"{taken} as new" if one.likely else taken)]
    return found + [Choice(key, f"Take in for {words}") for key, words in one.likely.items()]
