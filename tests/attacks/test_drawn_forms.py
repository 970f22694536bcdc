"""Every form posted with whatever can be typed: no fault, and what was typed is not lost.

The long form draws others at every run, and says by which number: WAYMARK_DRAW=… draws them again.
"""

import asyncio
import html
import os
import random
import unicodedata
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.forms.form import Form
from programmes.common.staff import Role
from tests.attacks.conftest import Target
from tests.attacks.drawn_forms import (
    Pick,
    Typed,
    anything_of,
    drawn,
    in_turn,
    posts,
    somewhere,
    typed_into,
)
from tests.attacks.drawn_requests import is_let_in
from tests.attacks.known import NOBODY
from tests.attacks.payloads import markup_of_others

EACH, EACH_DEEP, AT_ONCE = 2, 120, 8
ANSWERS = {303, 403, 404, 409, 422}
SHOWN_AT_ONCE = ("/calendar/feed", "/calendar/feed/revoke", "/places/{place_id}/feedback")
SHOWN_AT_ONCE += ("/survivors/{survivor_id}/show-contact", "/survivors/{survivor_id}/show-places")
SHOWN_AT_ONCE += ("/api-tokens", "/accounts/new")
"""An address or a first password that is a secret, or what is masked elsewhere: in the answer to
its own press."""
READS_NO_FORM = ("/sessions/{session_id}/register",)
"""Whose page holds a form that is posted elsewhere."""
ENDS_THE_SIGN_IN = ("/sign-out", "/demo-sign-in", "/sign-in", "/account/password")


async def test_every_form_takes_whatever_is_typed(
    target: Target, record_property: Callable[[str, object], None]
) -> None:
    count = await _posted_everywhere(target, EACH)
    record_property("forms posted", count)
    assert count > 200


@pytest.mark.deep
async def test_every_form_of_the_demonstration_takes_whatever_is_typed(
    whole_target: Target, record_property: Callable[[str, object], None]
) -> None:
    of = int(os.environ.get("WAYMARK_DRAW") or random.randrange(1_000_000))
    count = await _posted_everywhere(whole_target, EACH_DEEP, of=of)
    record_property("forms posted over the demonstration", count)
    record_property("(WAYMARK_DRAW) draws these", of)
    assert count > 10_000


@pytest.mark.parametrize(
    "where", ["emergencies/{}/seen", "arrivals/{}", "corrections/{}", "concerns/{}"]
)
async def test_a_form_about_nothing_that_is_there_is_absence(target: Target, where: str) -> None:
    """Not the list of the others with a message that leads nowhere."""
    async with await target.cast.as_(Role.MANAGER) as manager:
        answer = await manager.post("/" + where.format(NOBODY), data={"submission": str(NOBODY)})
    assert answer.status_code == 404


async def _posted_everywhere(target: Target, each: int, *, of: int | None = None) -> int:
    """Each form `each` times over; `of` a number, at any of the records that there are, and
    several at once."""
    wrong: dict[tuple[str, object], object] = {}
    browsers = {email: await target.cast.as_(email) for email in target.actors}
    source, count, at_once = random.Random(of), 0, 1 if of is None else AT_ONCE
    for number, (path, handler, forms) in enumerate(posts(target.cast.app)):
        if path.endswith(ENDS_THE_SIGN_IN):
            continue
        who = [one for one, actor in target.actors.items() if is_let_in(handler, actor)]
        sends = []
        for turn, typed in enumerate(drawn(typed_into(forms, target.known), each, of=of)):
            pick: Pick = in_turn(turn) if of is None else anything_of(source)
            where = somewhere(path, target.known, pick)
            sends.append((who[(number + turn) % len(who)], where, typed))
        for at in range(0, len(sends), at_once):
            few = sends[at : at + at_once]
            answers = await asyncio.gather(
                *(browsers[e].post(w, data=typed) for e, w, typed in few)
            )
            for sent, answer in zip(few, answers, strict=True):
                if problem := _problem(path, answer, sent[2], forms):
                    wrong.setdefault((path, problem), sent)
        count += len(sends)
    says = "\n".join(f"{at}: {sent}"[:600] for at, sent in wrong.items())
    assert not wrong, f"WAYMARK_DRAW={of}\n{says}"
    return count


def _problem(path: str, answer: httpx.Response, typed: Typed, forms: list[Form[Any]]) -> object:
    """What is wrong with the answer; None where nothing is."""
    if answer.status_code not in ANSWERS:
        return None if path in SHOWN_AT_ONCE and answer.status_code == 200 else answer.status_code
    if answer.status_code in (409, 422) and markup_of_others(answer.text):
        return str(markup_of_others(answer.text))
    is_read = len(forms) == 1 and path not in READS_NO_FORM
    if answer.status_code == 422 and "<form" in answer.text and is_read:
        return _lost(answer.text, typed, forms[0])
    return None


def _lost(page: str, typed: Typed, form: Form[Any]) -> str | None:
    """The name of a text field whose words are no longer on the refused page."""
    for name in _texts(form):
        words = (typed.get(name) or [""])[0].strip()
        is_plain = words.isprintable() and unicodedata.is_normalized("NFC", words)
        if is_plain and html.escape(words) not in page.replace("&#34;", "&quot;").replace(
            "&#39;", "&#x27;"
        ):
            return f"{name} was lost"
    return None


def _texts(form: Form[Any]) -> list[str]:
    return [name for name in form.names if form.kind_of(name) in ("text", "long-text", "number")]
