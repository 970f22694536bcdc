"""A placement instance is read strictly, and everything wrong with it is told at once."""

import json
from pathlib import Path
from typing import Any

import pytest

from programmes.common.errors import Refused
from scheduling.placement.reading import LARGEST_FILE, read_instance
from scheduling.placement.words import Risk

DATA = Path(__file__).parents[1] / "data" / "placement"


def document(**changes: Any) -> dict[str, Any]:
    return {
        "rules": {
            "smallest_cohort": 1,
            "most_very_high_risk": 4,
            "cost_of_running_a_cohort": 10,
            "cost_of_an_interpreter": 5,
        },
        "cohorts": [{"id": "c0", "capacity": 8, "language": None}],
        "people": [
            {
                "id": "p0",
                "risk": "very high",
                "needs_interpreter": "ar",
                "options": [{"cohort": "c0", "value": -3}],
            },
            {"id": "p1", "risk": "standard", "needs_interpreter": None, "options": []},
        ],
        "apart": [["p0", "p1"]],
    } | changes


def reasons(raw: object) -> tuple[str, ...]:
    with pytest.raises(Refused) as refusal:
        read_instance(raw if isinstance(raw, bytes) else json.dumps(raw).encode())
    return refusal.value.reasons


def test_a_whole_instance_is_read() -> None:
    instance = read_instance(json.dumps(document()).encode())

    assert instance.people[0].risk is Risk.VERY_HIGH
    assert instance.people[0].options[0].value == -3
    assert instance.apart == (("p0", "p1"),)


def test_the_example_is_read() -> None:
    instance = read_instance((DATA / "example.json").read_bytes())

    assert (len(instance.people), len(instance.cohorts)) == (200, 15)


def test_an_empty_instance_is_one() -> None:
    assert read_instance(json.dumps(document(cohorts=[], people=[], apart=[])).encode())


_WRONG = document(
    rules={"smallest_cohort": -1, "cost_of_running_a_cohort": True, "most_very_high_risk": 1.5},
    cohorts=[
        {"id": "c0", "capacity": -8, "language": ""},
        {"id": "c0", "capacity": "eight", "language": None, "room": 2},
    ],
    people=[
        {
            "id": "p0",
            "risk": "severe",
            "needs_interpreter": 7,
            "options": [
                {"cohort": "c9", "value": 1},
                {"cohort": "c0", "value": 10**10},
                {"cohort": "c0"},
            ],
        },
        {"id": "p0", "risk": "high", "needs_interpreter": None, "options": {}},
        "p3",
    ],
    apart=[["p0", "p7"], ["p0", "p0"], ["p0"], "p0"],
)


def test_every_fault_is_told_with_its_place() -> None:
    assert sorted(reasons(_WRONG)) == sorted(
        [
            "rules.smallest_cohort: -1 is not a whole number from 0 to 1,000,000.",
            "rules.most_very_high_risk: 1.5 is not a whole number from 0 to 1,000,000.",
            "rules.cost_of_running_a_cohort: true is not a whole number from 0 to 1,000,000,000.",
            "rules.cost_of_an_interpreter: it is missing.",
            "cohorts[0].capacity: -8 is not a whole number from 0 to 1,000,000.",
            'cohorts[0].language: "" is not a language, or null.',
            'cohorts[1].capacity: "eight" is not a whole number from 0 to 1,000,000.',
            "cohorts[1].room: there is no such field.",
            'cohorts[1].id: "c0" is used twice.',
            'people[0].risk: "severe" is not one of standard, medium, high, very high.',
            "people[0].needs_interpreter: 7 is not a language, or null.",
            "people[0].options[1].value: 10000000000 is not a whole number up to 1,000,000,000 "
            "either way.",
            "people[0].options[2].value: it is missing.",
            'people[0].options[0].cohort: there is no cohort "c9".',
            'people[0].options[2].cohort: "c0" is an option twice.',
            "people[1].options: {} is not a list.",
            'people[1].id: "p0" is used twice.',
            'people[2]: "p3" is not an object with id, risk, needs_interpreter, options.',
            'apart[0]: there is no person "p7".',
            'apart[1]: "p0" cannot be kept from themselves.',
            'apart[2]: ["p0"] is not a pair of people\'s ids.',
            'apart[3]: "p0" is not a pair of people\'s ids.',
        ]
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff\xfe{}",
        b'{"rules": NaN}',
        b'{"rules": 1e999}',
        b"[" * 100_000,
        b"PK\x03\x04",
    ],
)
def test_what_is_not_json_is_refused_in_one_sentence(raw: bytes) -> None:
    assert len(reasons(raw)) == 1


@pytest.mark.parametrize("raw", [b"[]", b"null", b"3", b'"people"'])
def test_json_of_another_shape_is_refused(raw: bytes) -> None:
    [reason] = reasons(raw)
    assert reason.endswith("is not an object with rules, cohorts, people, apart.")


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    assert reasons(b" " * (LARGEST_FILE + 1)) == ("It is larger than 32 MB.",)


@pytest.mark.parametrize("missing", ["rules", "cohorts", "people", "apart"])
def test_nothing_is_taken_for_granted(missing: str) -> None:
    """Above all not who must be kept apart."""
    whole = document()
    del whole[missing]

    assert f"{missing}: it is missing." in reasons(whole)
