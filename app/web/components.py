"""What the page macros take: small frozen values, so that a wrong page is a type error."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Literal
from urllib.parse import urlencode

from msgspec import Struct

TagColour = Literal["grey", "blue", "teal", "green", "purple", "magenta", "red", "orange", "yellow"]


class Link(Struct, frozen=True):
    text: str
    href: str


class Tag(Struct, frozen=True):
    """A status in words; the colour only repeats what the words say."""

    text: str
    colour: TagColour = "grey"


class NavItem(Struct, frozen=True):
    """One entry of the service navigation. `count` is what waits there; zero shows nothing."""

    text: str
    href: str
    is_current: bool = False
    count: int = 0


class Identity(Struct, frozen=True, kw_only=True):
    """Whose record this is: the bar on every page about one person."""

    name: str
    reference: str
    href: str
    born: str
    risk: Tag
    status: Tag
    warnings: tuple[str, ...] = ()


class Header(Struct, frozen=True):
    """A column heading. With `href` it sorts; `sorted` says how the rows lie now."""

    text: str
    is_numeric: bool = False
    href: str = ""
    sorted: Literal["", "ascending", "descending"] = ""


class Cell(Struct, frozen=True):
    """One cell of a table: words, perhaps linked, perhaps a tag, perhaps a second quiet line."""

    text: str = ""
    href: str = ""
    tag: Tag | None = None
    note: str = ""


class Fact(Struct, frozen=True):
    """A row of a summary list. `change` leads to where it can be changed."""

    name: str
    value: str | Cell | Sequence[str]
    change: str = ""


class Event(Struct, frozen=True, kw_only=True):
    """One moment of a timeline, newest first. `detail` may hold several paragraphs."""

    title: str
    when: str
    by: str = ""
    detail: str = ""
    href: str = ""
    tag: Tag | None = None


class Alike(Struct, frozen=True):
    """What several tasks are together ("registers to take"), and the end of this one's words.

    `href` is their list, where there is one; `tag` holds for all of them, where their own differ.
    """

    together: str
    name: str
    href: str = ""
    tag: Tag | None = None


class Each(Struct, frozen=True):
    """One of several alike: `before` is said but not shown, since the line above shows it."""

    before: str
    name: str
    href: str


class Task(Struct, frozen=True, kw_only=True):
    """Something that needs doing, one press from being done. `each` are several on one line."""

    text: str
    href: str
    tag: Tag | None = None
    hint: str = ""
    alike: Alike | None = None
    each: tuple[Each, ...] = ()


class Tile(Struct, frozen=True, kw_only=True):
    """A figure with what it is counted out of: a number alone is not shown."""

    figure: str
    name: str
    of: str = ""
    href: str = ""
    note: str = ""


class Step(Struct, frozen=True):
    """A mark on the line from referral to outcome."""

    text: str
    state: Literal["done", "now", "to-come", "ended"]
    when: str = ""


class Clock(Struct, frozen=True, kw_only=True):
    """A running deadline: what must happen, by when, how long is left, and why that is the time.

    `share_left` (0 to 1) draws the bar; None draws none.
    """

    name: str
    deadline: str
    remaining: str
    tag: Tag
    share_left: float | None = None
    reason: str = ""
    doubt: str = ""


MarkKind = Literal[
    "attended",
    "late",
    "left-early",
    "sent-home",
    "absent",
    "absent-acceptable",
    "absent-undecided",
    "cancelled",
    "to-come",
    "not-joined",
]


class Mark(Struct, frozen=True):
    """What happened to one person at one session: a shape, and the same in words."""

    kind: MarkKind
    text: str
    href: str = ""


class GridSession(Struct, frozen=True):
    """A column of the register grid."""

    number: str
    when: str
    href: str = ""


class GridRow(Struct, frozen=True):
    """A person's row of the register grid."""

    name: str
    href: str
    marks: tuple[Mark, ...]
    total: str = ""


class Difference(Struct, frozen=True):
    """One field on the conflict page: as this person typed it, as it is stored now."""

    name: str
    yours: str
    now: str

    @property
    def differs(self) -> bool:
        return self.yours != self.now


class Chosen(Struct, frozen=True):
    """A filter in force, and the address of the list without it."""

    text: str
    remove: str


class Share(Struct, frozen=True):
    """A row of a bar table: a count out of a total, drawn as long as its share."""

    name: str
    count: int
    of: int
    note: str = ""


class Paging(Struct, frozen=True, kw_only=True):
    """Where one is in a long list. `is_more`: there are at least so many, and more."""

    page: int
    size: int
    total: int
    path: str
    query: Mapping[str, str] = {}
    is_more: bool = False

    @property
    def pages(self) -> int:
        return max(1, ceil(self.total / self.size))

    @property
    def first(self) -> int:
        return min(self.total, (self.page - 1) * self.size + 1)

    @property
    def last(self) -> int:
        return min(self.total, self.page * self.size)

    def href(self, page: int) -> str:
        return f"{self.path}?{urlencode({**self.query, 'page': page})}"

    def numbers(self) -> list[int | None]:
        """The pages to name, with None for a gap: first, last, here and its neighbours."""
        near = {1, self.pages, self.page - 1, self.page, self.page + 1}
        shown = sorted(number for number in near if 1 <= number <= self.pages)
        numbers: list[int | None] = []
        for number in shown:
            if numbers and number != (numbers[-1] or 0) + 1:
                numbers.append(None)
            numbers.append(number)
        return numbers
