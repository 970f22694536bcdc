"""Every form posted with whatever can be typed: no fault, and what was typed is not lost."""

import html
import unicodedata
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.forms.form import Form
from tests.attacks.conftest import Target
from tests.attacks.drawn_forms import Typed, drawn, posts, somewhere, typed_into
from tests.attacks.drawn_requests import is_let_in
from tests.attacks.payloads import markup_of_others

EACH, EACH_DEEP = 2, 120
ANSWERS = {303, 403, 404, 409, 422}
SHOWN_AT_ONCE = ("/calendar/feed", "/calendar/feed/revoke", "/places/{place_id}/feedback")
SHOWN_AT_ONCE += ("/survivors/{survivor_id}/show-contact", "/survivors/{survivor_id}/show-places")
SHOWN_AT_ONCE += ("/api-tokens",)
"""An address that is a secret, or what is masked elsewhere: in the answer to its own press."""
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
    count = await _posted_everywhere(whole_target, EACH_DEEP)
    record_property("forms posted over the demonstration", count)
    assert count > 10_000


async def _posted_everywhere(target: Target, each: int) -> int:
    wrong: dict[tuple[str, object], object] = {}
    browsers: dict[str, httpx.AsyncClient] = {}
    count = 0
    for number, (path, handler, forms) in enumerate(posts(target.cast.app)):
        if path.endswith(ENDS_THE_SIGN_IN):
            continue
        who = [one for one, actor in target.actors.items() if is_let_in(handler, actor)]
        for turn, typed in enumerate(drawn(typed_into(forms, target.known), each)):
            email = who[(number + turn) % len(who)]
            browser = browsers.get(email) or await target.cast.as_(email)
            browsers[email] = browser
            where = somewhere(path, target.known, turn)
            answer = await browser.post(where, data=typed)
            problem = _problem(answer, typed, forms)
            if path in SHOWN_AT_ONCE and answer.status_code == 200:
                problem = None
            if problem:
                wrong.setdefault((path, problem), (email, where, typed))
            count += 1
    assert not wrong, "\n".join(f"{at}: {sent}"[:600] for at, sent in wrong.items())
    return count


def _problem(answer: httpx.Response, typed: Typed, forms: list[Form[Any]]) -> object:
    """What is wrong with the answer; None where nothing is."""
    if answer.status_code not in ANSWERS:
        return answer.status_code
    if answer.status_code in (409, 422) and markup_of_others(answer.text):
        return str(markup_of_others(answer.text))
    if answer.status_code == 422 and "<form" in answer.text and len(forms) == 1:
        return _lost(answer.text, typed, forms[0])
    return None


def _lost(page: str, typed: Typed, form: Form[Any]) -> str | None:
    """The name of a text field whose words are no longer on the refused page."""
    if not all(f'name="{name}"' in page for name in _texts(form)):
        return None
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
