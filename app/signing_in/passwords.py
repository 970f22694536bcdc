"""What a chosen password may not be. Long is what counts; no kinds of character are asked for."""

import re
from functools import cache

SHORTEST = 12
_OFTEN_CHOSEN = """
password passw0rd passwort letmein welcome qwerty qwertyuiop asdfghjkl zxcvbnm iloveyou
administrator changeme monkey dragon football baseball sunshine princess superman batman
liverpool arsenal chelsea
rangers celtic everton england scotland wales london newcastle manchester birmingham summer winter
spring autumn january february march april june july august september october november december
monday tuesday wednesday thursday friday saturday sunday waymark caringdads probation police
socialwork correcthorsebatterystaple trustno1 whatever starwars pokemon abc qwe asd test secret
master shadow michael jennifer jordan hunter thomas charlie jessica ashley
"""


@cache
def _often_chosen() -> frozenset[str]:
    return frozenset(_OFTEN_CHOSEN.split())


def why_not(password: str, *, email: str, name: str) -> str:
    """What is wrong with it, in words; empty where it may be used."""
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters. Three or four words that only you would join"
    plain = password.casefold()
    own = [email.partition("@")[0], *re.split(r"[.@_+-]", email.partition("@")[0]), *name.split()]
    if any(len(word) >= 4 and word.casefold() in plain for word in own):
        return "Leave your name and your email address out of it"
    if len(set(plain)) < 5 or _is_often_chosen(plain):
        return "This is too easy to guess. Join three or four words that only you would join"
    return ""


def _is_often_chosen(plain: str) -> bool:
    """An often chosen word with digits and signs around it, or two of them in a row."""
    core = re.sub(r"^[^a-z@$]+|[^a-z]+$", "", plain)
    letters = re.sub(r"[^a-z]", "", core.replace("0", "o").replace("@", "a").replace("$", "s"))
    words = _often_chosen()
    halves = any(letters[:at] in words and letters[at:] in words for at in range(1, len(letters)))
    return len(letters) < 3 or letters in words or plain in words or halves
