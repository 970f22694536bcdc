"""Made-up tokens planted in everything that a survivor's record holds, and the hunt for them."""

import base64
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import UUID

from app.safekeeping.sealing import SurvivorSealing
from outcomes.notices.words import NoticeCode
from outcomes.survivors.check_in_commands import NewCheckIn, record_check_in
from outcomes.survivors.commands import NewSurvivor, record_safe_contact, take_on
from outcomes.survivors.news_commands import settle_news
from outcomes.survivors.notice_commands import raise_notice
from outcomes.survivors.place_commands import record_place
from outcomes.survivors.queries import LinkRow, links_of
from outcomes.survivors.support_words import NewsKey, Told
from outcomes.survivors.veto_commands import NewVeto, record_veto
from outcomes.survivors.words import (
    ChangeKind,
    Channel,
    ConsentKind,
    SafeContactDetails,
    Timepoint,
)
from programmes.common.clock import london_date
from tests.cast import Cast

_SYLLABLES = [
    "vex",
    "qua",
    "zor",
    "mip",
    "dru",
    "fen",
    "lox",
    "wyn",
    "hep",
    "jad",
    "kor",
    "plu",
    "syb",
    "tam",
    "ug",
]
WORKERS = ("survivor.worker@waymark.example", "survivor.worker.two@waymark.example")


SEALED, OPEN = "zqxvwy", "qzywvx"
"""Marks in every token, by which content is searched quickly."""


def token(source: random.Random, mark: str = SEALED) -> str:
    """Two made-up words."""
    first, second = ("".join(source.choices(_SYLLABLES, k=5)) for _ in range(2))
    return f"{mark}{first}".capitalize() + " " + second.capitalize()


@dataclass
class Planted:
    """`sealed` are kept under her key; `open` are kept as they are, in her own database."""

    sealed: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    ids: list[UUID] = field(default_factory=list)
    _forms: dict[str, list[bytes]] = field(default_factory=dict)

    @property
    def tokens(self) -> list[str]:
        return self.sealed + self.open

    def found_in(self, content: bytes) -> list[str]:
        """Every token that the content holds in any form, whatever its case."""
        return self.sealed_found_in(content) + self._found(self.open, OPEN, content)

    def sealed_found_in(self, content: bytes) -> list[str]:
        return self._found(self.sealed, SEALED, content)

    def _found(self, tokens: list[str], mark: str, content: bytes) -> list[str]:
        lower = content.lower()
        if not any(one in lower for one in _MARKS[mark]):
            return []
        return [token for token in tokens if any(form in lower for form in self._of(token))]

    def _of(self, token: str) -> list[bytes]:
        if token not in self._forms:
            self._forms[token] = [form.lower() for form in forms(token)]
        return self._forms[token]


def forms(token: str) -> list[bytes]:
    """Plain, spaceless, base64 at each of its three offsets, URL-encoded, escaped, two-byte."""
    plain = token.encode()
    spellings = [plain, plain.replace(b" ", b""), quote(token).encode()]
    spellings += [plain.replace(b" ", b"+"), plain.replace(b" ", b"&nbsp;"), plain.hex().encode()]
    spellings += [token.encode("utf-16-le"), plain.replace(b" ", b"-"), plain.replace(b" ", b"_")]
    return [*dict.fromkeys(spellings), *_in_base64(plain)]


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """What stands in the middle of the encoding, whatever stands before and after it."""
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + plain + b"\0\0")
        start, end = -(-8 * before // 6), 8 * (before + len(plain)) // 6
        yield encoded[start:end]


def _forms_of_mark(mark: str) -> list[bytes]:
    """The mark in every form: base64 differs by case, so that each spelling is one of its own."""
    spellings = (mark, mark.capitalize(), mark.upper())
    encoded = [one for word in spellings for one in _in_base64(word.encode())]
    in_hex = [word.encode().hex().encode() for word in spellings]
    return [one.lower() for one in (mark.encode(), mark.encode("utf-16-le"), *in_hex, *encoded)]


_MARKS = {mark: _forms_of_mark(mark) for mark in (SEALED, OPEN)}


class Whereabouts(NamedTuple):
    """A group of his that she vetoes, and an order that names a place of hers."""

    cohort_id: UUID
    order_id: UUID


async def plant(cast: Cast, people: list[UUID], *, where: Whereabouts, seed: int = 7) -> Planted:
    """One survivor for each person, by the survivor workers' own commands."""
    source, planted = random.Random(seed), Planted()
    for number, person_id in enumerate(people):
        await _plant_one(cast, planted, person_id, source, where=where, worker=WORKERS[number % 2])
    return planted


async def _plant_one(
    cast: Cast,
    planted: Planted,
    person_id: UUID,
    source: random.Random,
    *,
    where: Whereabouts,
    worker: str,
) -> None:
    now, sealing = cast.clock.now(), SurvivorSealing(cast.databases.settings.home)
    name, relationship, words = token(source), token(source, OPEN), token(source)
    details = _details(planted, source)
    planted.sealed += [name, words]
    planted.open.append(relationship)
    linked_on = london_date(now) - timedelta(days=40)
    new = NewSurvivor(
        name=name,
        person_id=person_id,
        relationship=relationship,
        linked_on=linked_on,
        consents=dict.fromkeys(ConsentKind, True),
    )
    by: dict[str, Any] = {"sealing": sealing, "now": now}
    async with cast.acting(worker) as actor:
        by["actor"] = actor
        survivor_id = await take_on(new, **by)
        await record_safe_contact(
            survivor_id, details, reviewed_on=london_date(now), version=1, **by
        )
        (link,) = await links_of(actor, [survivor_id])
        await record_check_in(survivor_id, _check_in(link.id, words, now), **by)
        await _more(planted, survivor_id, link, where, source, by)
    planted.ids += [survivor_id, link.id]


async def _more(
    planted: Planted,
    survivor_id: UUID,
    link: LinkRow,
    where: Whereabouts,
    source: random.Random,
    by: dict[str, Any],
) -> None:
    """Where he must not be placed, where she lives, what she was told, what she asks to be said."""
    reason, place, about = token(source), token(source), token(source, OPEN)
    planted.sealed += [reason, place]
    planted.open.append(about)
    veto = NewVeto(link_id=link.id, cohort_id=where.cohort_id, venue_id=None, reason=reason)
    code = NoticeCode.MANAGER_TO_CALL
    news = NewsKey(link.id, ChangeKind.MISSED, london_date(by["now"]), about, where.order_id)
    planted.ids += [
        await record_veto(survivor_id, veto, **by),
        await record_place(survivor_id, link.id, where.order_id, place=place, **by),
        await raise_notice(survivor_id, link.id, code=code, is_urgent=False, **by),
    ]
    await settle_news(survivor_id, [news], Told.TOLD, **by)


def _details(planted: Planted, source: random.Random) -> SafeContactDetails:
    said = [token(source) for _ in range(5)]
    planted.sealed += said
    return SafeContactDetails(
        words=said[0],
        channel=Channel.CALL,
        address=said[1],
        code_word=said[2],
        who_may_answer=said[3],
        interpreter=said[4],
    )


def _check_in(link_id: UUID, words: str, now: datetime) -> NewCheckIn:
    return NewCheckIn(
        link_id=link_id,
        timepoint=Timepoint.START,
        asked_on=london_date(now),
        words=words,
        may_quote=True,
        answers={"feels_safe": 2, "physical_abuse": 3},
    )
