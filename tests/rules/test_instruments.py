"""The instruments that are held at the start: complete, sourced, dated, and stored as data."""

import re
from datetime import date

import msgspec
import pytest

from programmes.common.errors import Refused
from programmes.common.working_days import CALENDARS
from programmes.orders.clock_laws import CLOCK_LAWS, DVPO_END_LAW
from programmes.orders.instruments import INSTRUMENTS, kind_in_force
from programmes.orders.words import (
    ENGLAND_AND_WALES,
    Authority,
    BreachNature,
    ConditionKind,
    HeardBy,
    InForce,
    KindCode,
    KindVersion,
    Sanction,
    Tier,
)

TODAY = date(2026, 11, 22)

BREACH_IS = {
    "dvpn": BreachNature.NO_OFFENCE,
    "dvpo": BreachNature.CIVIL_CONTEMPT,
    "dapn": BreachNature.NO_OFFENCE,
    "dapo": BreachNature.CRIMINAL_OFFENCE,
    "pre-charge-bail": BreachNature.NO_OFFENCE,
    "released-under-investigation": BreachNature.NONE,
    "court-bail": BreachNature.NO_OFFENCE,
    "conditional-caution": BreachNature.ORIGINAL_OFFENCE,
    "diversionary-caution": BreachNature.ORIGINAL_OFFENCE,
    "community-caution": BreachNature.PENALTY,
    "non-molestation": BreachNature.CRIMINAL_OFFENCE,
    "restraining-order": BreachNature.CRIMINAL_OFFENCE,
    "stalking-protection": BreachNature.CRIMINAL_OFFENCE,
    "licence": BreachNature.RECALL,
    "community-order": BreachNature.RETURN_TO_COURT,
}


def kind_of(code, area=ENGLAND_AND_WALES, on=TODAY):
    return kind_in_force(INSTRUMENTS, KindCode(code), area=area, on=on)


def test_every_instrument_is_held_and_says_what_its_breach_is():
    assert {kind.code: kind.breach for kind in INSTRUMENTS} == BREACH_IS


@pytest.mark.parametrize("kind", INSTRUMENTS, ids=lambda kind: f"{kind.code} {kind.area}")
def test_every_instrument_cites_its_sections(kind):
    for source in (kind.source, kind.breach_source, kind.conditions_source):
        assert re.search(r"Act \d{4} (s|ss|Sch|Part)\.? ?\w", source), source


@pytest.mark.parametrize("kind", INSTRUMENTS, ids=lambda kind: f"{kind.code} {kind.area}")
def test_every_instrument_is_consistent(kind):
    assert kind.authorised_by
    assert all(law.calendar in CALENDARS for law in kind.clocks)
    assert all(before in BREACH_IS for before in kind.may_follow)
    has_conditions = kind.breach is not BreachNature.NONE
    assert bool(kind.conditions) is has_conditions
    assert bool(kind.sanctions) is has_conditions
    assert (kind.heard_by is HeardBy.NOBODY) <= (
        kind.breach in (BreachNature.NO_OFFENCE, BreachNature.NONE)
    )


def test_a_version_is_held_once():
    keys = [(kind.code, kind.area, kind.number) for kind in INSTRUMENTS]
    assert len(set(keys)) == len(keys)


def test_every_clock_of_an_instrument_can_be_asked_for_on_the_command_line():
    of_instruments = {law for kind in INSTRUMENTS for law in kind.clocks}
    assert of_instruments <= set(CLOCK_LAWS.values())


def test_ranks_and_sanctions_are_those_of_the_statutes():
    assert kind_of("dvpn").authorised_by == (Authority.SUPERINTENDENT,)
    assert Authority.INSPECTOR in kind_of("dapn", "Cleveland").authorised_by
    custody = {
        kind.code: limit.at_most
        for kind in INSTRUMENTS
        for limit in kind.sanctions
        if limit.sanction is Sanction.CUSTODY and limit.at_most
    }
    assert custody == {
        "dvpo": "2 months",
        "dapo": "5 years",
        "non-molestation": "5 years",
        "restraining-order": "5 years",
        "stalking-protection": "5 years",
    }


def test_bail_by_the_police_cannot_carry_a_tag():
    assert ConditionKind.TAG not in kind_of("pre-charge-bail").conditions
    assert ConditionKind.TAG in kind_of("court-bail").conditions


def test_a_law_is_stored_as_a_document_and_read_back_whole():
    for kind in INSTRUMENTS:
        assert msgspec.json.decode(msgspec.json.encode(kind), type=KindVersion) == kind


@pytest.mark.parametrize(
    ("area", "on", "held"),
    [
        ("Greater Manchester", date(2024, 11, 27), True),
        ("Greater Manchester", date(2024, 11, 26), False),
        ("Cleveland", date(2025, 3, 5), True),
        ("North Wales", date(2025, 4, 27), False),
        ("West Yorkshire", TODAY, False),
    ],
)
def test_a_dapo_is_held_where_and_when_its_area_began(area, on, held):
    if held:
        assert kind_of("dapo", area, on).area == area
        return
    with pytest.raises(Refused, match=r"No law of DAPO is held for .*\(Greater Manchester from"):
        kind_of("dapo", area, on)


def test_the_law_of_the_nation_serves_an_area_without_its_own():
    assert kind_of("dvpo", "West Yorkshire").area == ENGLAND_AND_WALES


def test_a_planned_caution_is_not_in_force_anywhere():
    with pytest.raises(Refused, match="not in force anywhere"):
        kind_of("diversionary-caution")


def test_an_unknown_instrument_is_refused():
    with pytest.raises(Refused, match="No instrument is called asbo"):
        kind_of("asbo")


def test_opening_an_area_or_changing_a_limit_is_one_more_row():
    longer = msgspec.structs.replace(
        DVPO_END_LAW, tiers=(Tier(shortest=14, longest=56, source="An Act s.1"),)
    )
    changed = msgspec.structs.replace(
        kind_of("dvpo"), number=2, valid_from=date(2030, 1, 1), clocks=(longer,)
    )
    opened = msgspec.structs.replace(
        kind_of("dapo", "Cleveland"), area="West Yorkshire", valid_from=date(2027, 4, 1)
    )
    planned = msgspec.structs.replace(changed, number=3, in_force=InForce.PLANNED)
    versions = (*INSTRUMENTS, changed, opened, planned)
    before, after = (
        kind_in_force(versions, KindCode("dvpo"), area="West Yorkshire", on=on)
        for on in (date(2029, 12, 31), date(2030, 1, 1))
    )
    assert (before.number, after.number) == (1, 2)
    dapo = kind_in_force(versions, KindCode("dapo"), area="West Yorkshire", on=date(2027, 4, 1))
    assert dapo.area == "West Yorkshire"
