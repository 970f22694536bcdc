"""The report's figures counted again, row by row from the workbooks, with none of our own code.

Slow and plain on purpose: what it says is what the README of the workbooks says.
"""

from collections import Counter, defaultdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

Row = dict[str, Any]
THERE = {
    "Caring Dads": {"attended", "late", "left early"},
    "CARA": {"attended"},
}
SESSIONS = {"Caring Dads": 17, "CARA": 2}
CODES = {
    "Man without children: no programme available": "man-without-children",
    "Woman causing harm: no programme available": "woman-causing-harm",
    "Abuse of a family member, not a partner: no programme available": "family-member-abuse",
    "Live proceedings likely to end contact": "proceedings-will-end-contact",
}
THEMES = {
    "feels_safe": "Feels safe (1-5)",
    "freedom_to_act": "Freedom to act (1-5)",
    "respectful_communication": "Respectful communication (1-5)",
    "children_feel_safe": "Children feel safe (1-5)",
}


def rows_of(paths: list[Path], sheet: str) -> list[Row]:
    found = []
    for path in paths:
        header, *rows = load_workbook(path, read_only=True)[sheet].iter_rows(values_only=True)
        for row in rows:
            days = [value.date() if isinstance(value, datetime) else value for value in row]
            found.append(dict(zip(header, days, strict=False)))
    return found


class Reckoning:
    """One year of some programme books."""

    def __init__(self, paths: list[Path], year: int) -> None:
        self.year = year
        self.referrals = rows_of(paths, "Referrals")
        self.children = rows_of(paths, "Children")
        self.orders = rows_of(paths, "Orders")
        self.breaches = rows_of(paths, "Breaches")
        self.programme_of = {r["Cohort ref"]: r["Programme"] for r in rows_of(paths, "Cohorts")}
        self.person_of = {r["Referral ref"]: r["Person ref"] for r in self.referrals}
        self.marks = rows_of(paths, "Attendance")

    def within(self, day: date | None) -> bool:
        return day is not None and day.year == self.year

    def programme(self, name: str) -> dict[str, Any]:
        received = [
            r for r in self.referrals if r["Programme"] == name and self.within(r["Received on"])
        ]
        decisions = Counter(r["Decision"] for r in received)
        refused = [r for r in received if r["Decision"] == "not suitable"]
        places = self._places(name)
        completed = {p for place in places for p in self._completer(place, name)}
        return {
            "referred": len(received),
            "suitable": decisions["accepted"],
            "waiting": decisions["waiting"],
            "not_suitable": dict(Counter(CODES[r["Reason"]] for r in refused)),
            "reached": len(
                {
                    self.person_of[m["Referral ref"]]
                    for m in self._of(name)
                    if self.within(m["Held on"]) and m["Mark"] in THERE[name]
                }
            ),
            "completed": len(completed),
            "children_of_completers": len(
                {c["Child ref"] for c in self.children if c["Person ref"] in completed}
            ),
            "due_to_finish": len(
                {
                    self.person_of[referral]
                    for (referral, cohort) in places
                    if self.within(self._finish(cohort, name))
                }
            ),
            **self._starters(name),
            **self._received(received, name),
        }

    def _of(self, name: str) -> list[Row]:
        """Marks of the programme up to the end of the year."""
        return [
            m
            for m in self.marks
            if self.programme_of[m["Cohort ref"]] == name and m["Held on"].year <= self.year
        ]

    def _places(self, name: str) -> set[tuple[str, str]]:
        return {(m["Referral ref"], m["Cohort ref"]) for m in self._of(name)}

    def _finish(self, cohort: str, name: str) -> date | None:
        """When the last session of a cohort was held; none by the end of the year is None."""
        held = [
            m["Held on"]
            for m in self._of(name)
            if m["Cohort ref"] == cohort and m["Session"] == SESSIONS[name]
        ]
        return held[0] if held else None

    def _has_met(self, referral: str, cohort: str, name: str) -> bool:
        there = sorted(
            (m["Held on"], m["Session"])
            for m in self._of(name)
            if (m["Referral ref"], m["Cohort ref"]) == (referral, cohort)
            and m["Mark"] in THERE[name]
        )
        numbers = [number for _, number in there]
        return numbers == [1, 2] if name == "CARA" else len(set(numbers)) >= 14

    def _completer(self, place: tuple[str, str], name: str) -> set[str]:
        referral, cohort = place
        finish = self._finish(cohort, name)
        if self.within(finish) and self._has_met(referral, cohort, name):
            return {self.person_of[referral]}
        return set()

    def in_time(self) -> int:
        """Who completed CARA by the last day of their latest caution made until then."""
        found = set()
        for referral, cohort in self._places("CARA"):
            finish = self._finish(cohort, "CARA")
            person = self.person_of[referral]
            cautions = sorted(
                (o["Made on"], o["Ends on"])
                for o in self.orders
                if o["Person ref"] == person
                and o["Kind"] == "conditional caution"
                and finish is not None
                and o["Made on"] <= finish
            )
            done = self._completer((referral, cohort), "CARA")
            if done and cautions and finish is not None and finish <= cautions[-1][1]:
                found |= done
        return len(found)

    def _standing(self, referral: str, name: str) -> tuple[date | None, bool, bool]:
        """When somebody first was there; whether they completed; whether a group still runs."""
        first_session = {1} if name == "CARA" else set(range(1, 18))
        there = [
            m["Held on"]
            for m in self._of(name)
            if m["Referral ref"] == referral
            and m["Mark"] in THERE[name]
            and m["Session"] in first_session
        ]
        cohorts = {c for r, c in self._places(name) if r == referral}
        done = any(
            self._finish(c, name) is not None and self._has_met(referral, c, name) for c in cohorts
        )
        running = any(self._finish(c, name) is None for c in cohorts)
        return (min(there) if there else None), done, running and not done

    def _starters(self, name: str) -> dict[str, int]:
        people: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
        for referral in {referral for referral, _ in self._places(name)}:
            started, done, running = self._standing(referral, name)
            if self.within(started):
                people[self.person_of[referral]].append((done, running))
        done = sum(any(d for d, _ in each) for each in people.values())
        running = sum(
            any(r for _, r in each) and not any(d for d, _ in each) for each in people.values()
        )
        return {
            "started": len(people),
            "started_completed": done,
            "started_running": running,
        }

    def _received(self, received: list[Row], name: str) -> dict[str, int]:
        standing = [self._standing(r["Referral ref"], name) for r in received]
        return {
            "referrals_completed": sum(done for _, done, _ in standing),
            "referrals_running": sum(running for _, _, running in standing),
        }

    def order_kind(self, kind: str) -> dict[str, Any]:
        of_kind = {o["Order ref"] for o in self.orders if o["Kind"] == kind}
        breaches = [
            b for b in self.breaches if b["Order ref"] in of_kind and self.within(b["Occurred on"])
        ]
        recorded = [b for b in breaches if b["Stage"] != "withdrawn"]
        established = [b for b in recorded if b["Stage"] in ("admitted", "proved")]
        made = [o for o in self.orders if o["Kind"] == kind and self.within(o["Made on"])]
        return {
            "made": len(made),
            "breach_events_recorded": len(recorded),
            "orders_with_breach_recorded": len({b["Order ref"] for b in recorded}),
            "orders_breach_established": len({b["Order ref"] for b in established}),
            "by_stage": dict(Counter(b["Stage"] for b in breaches)),
        }


def survivor_figures(paths: list[Path], year: int) -> dict[str, Any]:
    """Every link of these books is made in the year, and none of them ends."""
    survivors = rows_of(paths, "Survivors")
    asked = [c for c in rows_of(paths, "Check-ins") if c["Asked on"].year == year]
    by_survivor: dict[str, dict[str, Row]] = defaultdict(dict)
    for check_in in rows_of(paths, "Check-ins"):
        by_survivor[check_in["Survivor ref"]][check_in["Timepoint"]] = check_in
    safety = {}
    for theme, column in THEMES.items():
        changes = [
            points["end"][column] - points["start"][column]
            for points in by_survivor.values()
            if {"start", "end"} <= points.keys()
            and points["end"]["Asked on"].year == year
            and points["start"][column] is not None
            and points["end"][column] is not None
        ]
        safety[theme] = {
            "paired": len(changes),
            "safer": sum(change > 0 for change in changes),
            "same": sum(change == 0 for change in changes),
            "less_safe": sum(change < 0 for change in changes),
            "missing": len(survivors) - len(changes),
        }
    return {
        "linked": len(survivors),
        "consenting": sum(s["Consents to contact"] == "yes" for s in survivors),
        "check_ins": dict(Counter(c["Timepoint"] for c in asked)),
        "safety": safety,
    }
