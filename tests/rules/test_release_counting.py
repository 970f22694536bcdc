"""Who counts in a release: linked outcomes by what became of the person, and the landmark."""

from datetime import date
from uuid import UUID

from outcomes.disclosure.catalogue import CATALOGUE
from outcomes.disclosure.periods import Period
from outcomes.releases.counting_rules import counted_survivors, counted_work
from outcomes.releases.counting_words import AskedFact, FollowFact, WorkFacts
from outcomes.releases.definitions import LINES, TABLES
from outcomes.releases.rules import raw_table
from tests.rules.catalogue_cases import CARING_DADS
from tests.rules.disclosure_cases import spec_of

YEAR = Period(2026)


def link(
    number: int, person: int, *, start: int | None = None, end: int | None = None
) -> AskedFact:
    return AskedFact(
        link_id=UUID(int=number),
        person_id=UUID(int=person),
        started_on=None if start is None else date(2026, 2, 1),
        at_start={} if start is None else {"feels_safe": start},
        at_end={} if end is None else {"feels_safe": end},
    )


def test_each_partner_stands_where_the_person_stands_and_not_known_where_an_answer_is_missing() -> (
    None
):
    links = [link(1, 10, start=2, end=4), link(2, 10, start=3), link(3, 11, start=3, end=3)]
    due = {UUID(int=10): {"a": "completed"}, UUID(int=11): {"b": "not_completed"}}
    found = counted_survivors(links, period=YEAR, due=due)["partners_due"]
    assert sorted((one["outcome"], one["safety"]) for one in found.values()) == [
        ("completed", "not_known"),
        ("completed", "safer"),
        ("not_completed", "same"),
    ]


def test_a_partner_of_somebody_who_was_not_due_is_in_no_row() -> None:
    found = counted_survivors([link(1, 10, start=2, end=4)], period=YEAR, due={})
    assert found["partners_due"] == {}


def test_two_places_of_one_person_are_two_ends_and_so_add_up_over_the_years() -> None:
    due = {UUID(int=10): {"a": "not_completed", "b": "completed"}}
    found = counted_survivors([link(1, 10, start=2, end=4)], period=YEAR, due=due)["partners_due"]
    assert sorted(one["outcome"] for one in found.values()) == ["completed", "not_completed"]


def facts(*followed: FollowFact) -> WorkFacts:
    nothing: dict[str, list[object]] = {
        name: [] for name in WorkFacts.__struct_fields__ if name not in ("followed", "children")
    }
    return WorkFacts(**nothing, children={}, followed=list(followed))  # type: ignore[arg-type]


def seen(
    number: int, *, before: bool = False, after: bool = False, order: bool = True
) -> FollowFact:
    return FollowFact(
        id=UUID(int=number),
        referral_id=UUID(int=number),
        version_id=UUID(int=1),
        breached_before=before,
        breached_after=after,
        had_order=order,
    )


def test_a_breach_before_the_landmark_leaves_somebody_out_whatever_came_after() -> None:
    versions = {UUID(int=1): CARING_DADS}
    followed = facts(
        seen(1, before=True, after=True),
        seen(2, after=True),
        seen(3),
        seen(4, order=False),
        seen(5, after=True, order=False),
    )
    found = counted_work(followed, versions, period=YEAR)
    assert [one["afterwards"] for one in found["followed"].values()] == [
        "breached_before",
        "breached_after",
        "none_recorded",
        "no_order",
        "breached_after",
    ]
    assert {one["outcome"] for one in found["followed"].values()} == {"not_completed"}
    raw = raw_table(spec_of("afterwards"), found, period=YEAR, revision=0)
    assert raw is not None
    assert sum(len(records) for records in raw.records.values()) == 5


def test_every_table_and_line_of_the_catalogue_has_a_definition_of_its_version() -> None:
    assert {(spec.code, spec.version) for spec in CATALOGUE} <= TABLES.keys()
    assert {line.code for spec in CATALOGUE for line in spec.lines} == LINES.keys()
