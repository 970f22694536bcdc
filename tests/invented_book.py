"""Random workbooks of people who never were, with everything that makes counting hard.

People referred twice, children beside two people, orders on people never referred, groups that
began the year before or run into the next, absences, stopping, pairs begun again.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.made_workbooks import Rows, Sheets, sound_book, sound_survivor_book

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)
KINDS = ("DVPO", "pre-charge bail", "court bail")
STAGES = ("alleged", "arrested", "before court", "admitted", "proved", "not proved", "withdrawn")
REASONS = (
    "Man without children: no programme available",
    "Woman causing harm: no programme available",
    "Live proceedings likely to end contact",
)
FIRST = ("Ada", "Ben", "Cy", "Dee", "Eve", "Fay", "Gil", "Hal", "Ike", "Joe")
LAST = ("Alder", "Beech", "Cedar", "Damson", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper")


class InventedBook:
    """One year's book of Caring Dads and CARA under refs that begin with `mark`."""

    def __init__(self, seed: int, year: int) -> None:
        self.random = Random(seed)
        self.year = year
        self.mark = f"{seed}-"
        self.rows: dict[str, Rows] = {name: [rows[0]] for name, rows in sound_book().items()}
        self.people: dict[str, list[Any]] = {}
        self.children: list[str] = []
        self.stopped: list[tuple[str, date]] = []
        self.to_repeat: list[tuple[str, date]] = []
        autumn, winter = date(year - 1, 9, 1), date(year, 11, 30)
        for first in sorted(self._day(autumn, winter) for _ in range(self.random.randint(4, 7))):
            self._caring_dads_group(first + DAY * ((2 - first.weekday()) % 7))
        december, advent = date(year - 1, 12, 1), date(year, 12, 20)
        for first in sorted(self._day(december, advent) for _ in range(self.random.randint(4, 8))):
            self._pair(first)
        for _ in range(self.random.randint(10, 40)):
            self._never_in_a_group()
        for _ in range(self.random.randint(10, 40)):
            self._order(self._anybody(), self.random.choice(KINDS))
        self._children()

    @property
    def sheets(self) -> Sheets:
        return self.rows

    def _ref(self, letter: str, sheet: str) -> str:
        return f"{self.mark}{letter}{len(self.rows[sheet])}"

    def _day(self, first: date, last: date) -> date:
        return first + DAY * self.random.randint(0, (last - first).days)

    def _in_year(self) -> date:
        return self._day(date(self.year, 1, 1), date(self.year, 12, 31))

    def _person(self) -> str:
        ref = f"{self.mark}P{len(self.people) + 1}"
        born = self._day(date(1960, 1, 1), date(1990, 12, 31))
        name = [self.random.choice(FIRST), f"{self.random.choice(LAST)}{len(self.people)}"]
        self.people[ref] = [*name, born]
        return ref

    def _anybody(self) -> str:
        """Somebody who is in the book already, or as often somebody new."""
        known = self.random.random() < 0.5 and self.people
        return self.random.choice(list(self.people)) if known else self._person()

    def _referral(
        self, person: str, programme: str, received: date, decision: str = "accepted"
    ) -> str:
        ref = self._ref("R", "Referrals")
        reason = self.random.choice(REASONS) if decision == "not suitable" else None
        if decision == "closed":
            reason = "Did not attend assessment"
        decided = None if decision == "waiting" else received + DAY * self.random.randint(0, 20)
        row = [ref, person, *self.people[person], "male", "Not stated", "English", "no", "LS1"]
        row += [programme, received, "Self", None, "voluntary", "standard", "yes", decision]
        self.rows["Referrals"].append([*row, decided, reason])
        return ref

    def _group(self, programme: str, first: date, minutes: int) -> str:
        ref = self._ref("C", "Cohorts")
        row = [ref, programme, "Any Centre", f"{first:%A}", "18:00", minutes, first, "F. One", None]
        self.rows["Cohorts"].append([*row, None])
        return ref

    def _mark(self, group: str, session: int, held: date, referral: str, mark: str) -> None:
        """The book is a year's: what is held after it is in no row."""
        if held <= date(self.year, 12, 31):
            row = [group, session, held, referral, mark, None]
            self.rows["Attendance"].append(row)

    def _caring_dads_group(self, first: date) -> None:
        """On Wednesdays; the first of them comes every week, some stop, some were here before."""
        days = _weekly(first, 17)
        group = self._group("Caring Dads", first, 120)
        for place in range(self.random.randint(4, 12)):
            person = self._again(self.stopped, first) or self._person()
            if self.random.random() < 0.15:
                earlier = first - DAY * self.random.randint(100, 200)
                self._referral(person, "Caring Dads", earlier, "closed")
            received = first - DAY * self.random.randint(1, 20)
            referral = self._referral(person, "Caring Dads", received)
            begins = self.random.choice((1, 1, 1, 2, 3))
            stops = 17 if place == 0 or self.random.random() < 0.7 else self.random.randint(3, 16)
            miss = 0.0 if place == 0 else self.random.choice((0.0, 0.1, 0.2, 0.3))
            for number in range(begins, stops + 1):
                self._mark(group, number, days[number - 1], referral, self._weekly_mark(miss))
            if stops < 17:
                self.stopped.append((person, days[stops - 1]))

    def _again(self, waiting: list[tuple[str, date]], first: date) -> str | None:
        """Now and then the one who stopped first begins again, under a new referral."""
        if waiting and waiting[0][1] + 4 * WEEK < first and self.random.random() < 0.5:
            return waiting.pop(0)[0]
        return None

    def _weekly_mark(self, miss: float) -> str:
        if self.random.random() < miss:
            return self.random.choice(("acceptable absence", "unacceptable absence"))
        return self.random.choice(("attended", "attended", "attended", "late", "left early"))

    def _pair(self, first: date) -> None:
        """Workshops A and B; whoever missed one may come to a later pair with the same referral."""
        days = (first, first + 4 * WEEK)
        group = self._group("CARA", first, 300)
        for place in range(self.random.randint(3, 9)):
            marks = ["attended", "attended"] if place == 0 else [self._pair_mark() for _ in days]
            referral = self._again(self.to_repeat, first) or self._cautioned(first)
            for number, (held, mark) in enumerate(zip(days, marks, strict=True), start=1):
                self._mark(group, number, held, referral, mark)
            if marks != ["attended", "attended"]:
                self.to_repeat.append((referral, days[1]))

    def _cautioned(self, first: date) -> str:
        received = first - DAY * self.random.randint(1, 60)
        person = self._person()
        ends = received + DAY * self.random.randint(40, 120)
        self._order(person, "conditional caution", made=received, ends=ends)
        return self._referral(person, "CARA", received)

    def _pair_mark(self) -> str:
        kinds = ("attended", "attended", "attended", "late, not admitted", "unacceptable absence")
        return self.random.choice(kinds)

    def _never_in_a_group(self) -> None:
        decision = self.random.choice(("not suitable", "closed", "waiting", "accepted"))
        received = self._day(date(self.year - 1, 6, 1), date(self.year, 12, 31))
        self._referral(self._person(), "Caring Dads", received, decision)

    def _order(
        self, person: str, kind: str, *, made: date | None = None, ends: date | None = None
    ) -> None:
        made = made or self._in_year()
        ends = ends or made + DAY * self.random.randint(13, 27)
        ref = self._ref("O", "Orders")
        row = [ref, person, *self.people[person], kind, made, ends, "Any court", "no contact"]
        self.rows["Orders"].append(row)
        for _ in range(self.random.choice((0, 0, 0, 1, 1, 2))):
            occurred = self._day(made, ends)
            stage = self.random.choice(STAGES)
            breach = [self._ref("B", "Breaches"), ref, occurred, occurred + DAY]
            self.rows["Breaches"].append([*breach, "no contact", stage, "arrested", None])

    def _children(self) -> None:
        """Now and then the child of one person stands beside another as well."""
        for person in list(self.people):
            for _ in range(self.random.choice((0, 1, 1, 2, 3))):
                shared = self.children and self.random.random() < 0.1
                ref = self.random.choice(self.children) if shared else self._new_child()
                rows = self.rows["Children"]
                if not any(row[0] == ref and row[1] == person for row in rows):
                    rows.append([ref, person, 2005, "mother"])

    def _new_child(self) -> str:
        self.children.append(f"{self.mark}K{len(self.children) + 1}")
        return self.children[-1]

    def survivors(self) -> Sheets:
        """Some of them linked; of those who consent most are asked, not all, not everything."""
        sheets = {name: [rows[0]] for name, rows in sound_survivor_book().items()}
        chosen = self.random.sample(list(self.people), k=len(self.people) // 3)
        for number, person in enumerate(chosen, start=1):
            ref = f"{self.mark}S{number}"
            consents = self.random.random() < 0.7
            linked = self._day(date(self.year, 1, 1), date(self.year, 6, 30))
            contact = "text" if consents else None
            said = "yes" if consents else "no"
            sheets["Survivors"].append([ref, person, "partner", said, contact, linked])
            if consents:
                self._check_ins(sheets["Check-ins"].append, ref, linked)
        return sheets

    def _check_ins(self, add: Callable[[list[Any]], None], ref: str, linked: date) -> None:
        asked = linked
        for timepoint in ("start", "middle", "end", "six months"):
            asked += DAY * self.random.randint(1, 80)
            if self.random.random() < 0.75:
                themes = [self.random.choice((None, 1, 2, 3, 4, 5)) for _ in range(4)]
                add([ref, timepoint, asked, *themes, "never", "rarely", "not stated"])


def _weekly(first: date, number: int) -> list[date]:
    """The day itself and the weeks after it, 22 December to 1 January left out."""
    days = [first]
    while len(days) < number:
        day = days[-1] + WEEK
        while (day.month, day.day) >= (12, 22) or (day.month, day.day) == (1, 1):
            day += WEEK
        days.append(day)
    return days
