"""A served paper against the law of its kind: each refusal with its field and its source."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from programmes.common.errors import Invalid
from programmes.common.wall_time import read_instant
from programmes.orders.instruments import INSTRUMENTS, kind_in_force
from programmes.orders.prosecution import domestic_assault_limit, summary_limit
from programmes.orders.rules import (
    ConditionFacts,
    OrderFacts,
    by_field,
    reasons_not_lawful,
    reasons_not_to_extend,
    reasons_not_to_follow,
)
from programmes.orders.words import Authority, ConditionKind, InForce, KindCode, Reason

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def kind_of(code, area="Cleveland"):
    return kind_in_force(INSTRUMENTS, KindCode(code), area=area, on=NOW.date())


def at(text):
    return read_instant(text, field="at")


def a_dvpo(**changes):
    facts = OrderFacts(
        made_on=date(2026, 6, 1), authority=Authority.COURT, ends_on=date(2026, 6, 28)
    )
    return msgspec.structs.replace(facts, **changes)


def a_dvpn(**changes):
    facts = OrderFacts(
        made_on=date(2026, 11, 20),
        authority=Authority.SUPERINTENDENT,
        served_at=at("2026-11-20 18:30"),
        hearing_at=at("2026-11-23 10:00"),
    )
    return msgspec.structs.replace(facts, **changes)


def a_bail(**changes):
    facts = OrderFacts(
        made_on=date(2026, 8, 1),
        authority=Authority.CUSTODY_OFFICER,
        arrested_at=at("2026-07-31 22:00"),
        ends_on=date(2026, 10, 31),
    )
    return msgspec.structs.replace(facts, **changes)


def a_dapo(**changes):
    facts = OrderFacts(made_on=date(2026, 6, 1), authority=Authority.COURT)
    return msgspec.structs.replace(facts, **changes)


def refused(order, code):
    return reasons_not_lawful(order, kind_of(code), now=NOW)


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (a_dvpo(), "dvpo"),
        (a_dvpo(ends_on=date(2026, 6, 14)), "dvpo"),
        (a_dvpn(), "dvpn"),
        (a_dvpn(hearing_at=at("2026-11-23 18:30")), "dvpn"),
        (a_bail(), "pre-charge-bail"),
        (a_dapo(), "dapo"),
        (a_dapo(ends_on=date(2036, 6, 1)), "dapo"),
    ],
)
def test_a_lawful_paper_has_nothing_against_it(order, code):
    assert refused(order, code) == ()


LENGTH = "Crime and Security Act 2010 s.28(10)"
NOTICE = "Crime and Security Act 2010 s.24"
ORDER = "Crime and Security Act 2010 ss.27, 28"
PACE = "Police and Criminal Evidence Act 1984"
CONDITIONS = "Domestic Abuse Act 2021 ss.35-38"
NO_BAIL = a_bail(conditions=(ConditionFacts(kind=ConditionKind.NO_CONTACT),), ends_on=None)
TAG = ConditionKind.TAG


@pytest.mark.parametrize(
    ("order", "code", "field", "source"),
    [
        (a_dvpo(ends_on=date(2026, 6, 29)), "dvpo", "ends_on", LENGTH),
        (a_dvpo(ends_on=date(2026, 6, 13)), "dvpo", "ends_on", LENGTH),
        (a_dvpo(ends_on=date(2026, 5, 31)), "dvpo", "ends_on", "entry check"),
        (a_dvpo(ends_on=None), "dvpo", "ends_on", ORDER),
        (a_dvpo(authority=Authority.INSPECTOR), "dvpo", "authority", ORDER),
        (a_dvpo(age_when_made=17), "dvpo", "person", ORDER),
        (a_dvpo(person_is_merged=True), "dvpo", "person", "entry check"),
        (a_dvpo(made_on=date(2026, 11, 23), ends_on=date(2026, 12, 10)), "dvpo", "made_on", None),
        (a_dvpo(made_on=date(2014, 3, 7), ends_on=date(2014, 3, 30)), "dvpo", "made_on", ORDER),
        (a_dvpo(follows=KindCode("court-bail")), "dvpo", "follows", ORDER),
        (a_dvpn(authority=Authority.INSPECTOR), "dvpn", "authority", NOTICE),
        (a_dvpn(ends_on=date(2026, 11, 23)), "dvpn", "ends_on", NOTICE),
        (a_dvpn(served_at=at("2026-11-19 23:59")), "dvpn", "served_at", "entry check"),
        (a_dvpn(served_at=at("2026-11-22 12:01")), "dvpn", "served_at", "entry check"),
        (a_dvpn(hearing_at=at("2026-11-20 18:29")), "dvpn", "hearing_at", "entry check"),
        (
            a_dvpn(hearing_at=at("2026-11-23 18:31")),
            "dvpn",
            "hearing_at",
            "Crime and Security Act 2010 s.27",
        ),
        (a_bail(ends_on=date(2026, 11, 1)), "pre-charge-bail", "ends_on", f"{PACE} s.47ZB"),
        (a_bail(arrested_at=None), "pre-charge-bail", "arrested_at", None),
        (a_bail(arrested_at=at("2026-08-02 10:00")), "pre-charge-bail", "arrested_at", None),
        (NO_BAIL, "released-under-investigation", "condition_1", None),
    ],
)
def test_an_unlawful_paper_is_refused_with_its_section(order, code, field, source):
    reasons = refused(order, code)
    assert field in {reason.field for reason in reasons}
    assert all(reason.source for reason in reasons)
    assert source is None or source in {reason.source for reason in reasons}


def test_every_reason_is_given_and_not_only_the_first():
    paper = a_dvpo(
        ends_on=date(2026, 6, 29),
        authority=Authority.SUPERINTENDENT,
        person_is_merged=True,
        served_at=at("2026-05-31 10:00"),
        conditions=(ConditionFacts(kind=ConditionKind.PROGRAMME_ATTENDANCE),),
    )
    fields = [reason.field for reason in refused(paper, "dvpo")]
    assert fields == ["person", "authority", "ends_on", "served_at", "condition_1"]


@pytest.mark.parametrize(
    ("authority", "last", "too_late"),
    [
        (Authority.CUSTODY_OFFICER, date(2026, 10, 31), date(2026, 11, 1)),
        (Authority.INSPECTOR, date(2027, 1, 31), date(2027, 2, 1)),
        (Authority.SUPERINTENDENT, date(2027, 4, 30), date(2027, 5, 1)),
    ],
)
def test_each_rank_may_give_bail_to_its_last_day_and_no_further(authority, last, too_late):
    assert refused(a_bail(authority=authority, ends_on=last), "pre-charge-bail") == ()
    (reason,) = refused(a_bail(authority=authority, ends_on=too_late), "pre-charge-bail")
    assert (reason.field, "at most" in reason.message) == ("ends_on", True)


def test_bail_that_ends_on_a_doubtful_day_is_let_through():
    paper = a_bail(
        made_on=date(2025, 11, 29), arrested_at=at("2025-11-29 10:00"), ends_on=date(2026, 2, 28)
    )
    assert refused(paper, "pre-charge-bail") == ()


def test_a_requirement_of_a_dapo_names_who_supervises_it():
    attend = ConditionFacts(kind=ConditionKind.PROGRAMME_ATTENDANCE)
    (reason,) = refused(a_dapo(conditions=(attend,)), "dapo")
    assert (reason.field, reason.source) == ("condition_1", CONDITIONS)
    named = msgspec.structs.replace(attend, responsible_person="The programme's manager")
    assert refused(a_dapo(conditions=(named,)), "dapo") == ()
    prohibition = ConditionFacts(kind=ConditionKind.NO_CONTACT)
    assert refused(a_dapo(conditions=(prohibition,)), "dapo") == ()


@pytest.mark.parametrize(
    ("tag_ends", "order_ends", "lawful"),
    [
        (date(2027, 5, 31), None, True),
        (date(2027, 6, 1), None, False),
        (None, date(2027, 5, 31), True),
        (None, None, False),
        (date(2026, 9, 1), date(2026, 8, 1), False),
    ],
)
def test_a_tag_lasts_twelve_months_at_most(tag_ends, order_ends, lawful):
    tag = ConditionFacts(kind=TAG, ends_on=tag_ends)
    assert (refused(a_dapo(conditions=(tag,), ends_on=order_ends), "dapo") == ()) is lawful


def test_a_hearing_in_time_on_either_reading_is_let_through():
    now = datetime(2027, 1, 4, tzinfo=UTC)
    paper = a_dvpn(
        made_on=date(2026, 12, 24),
        served_at=at("2026-12-24 20:00"),
        hearing_at=at("2026-12-30 10:00"),
    )
    assert reasons_not_lawful(paper, kind_of("dvpn"), now=now) == ()


def test_a_planned_kind_takes_no_orders():
    planned = msgspec.structs.replace(kind_of("dvpo"), in_force=InForce.PLANNED)
    (reason,) = reasons_not_lawful(a_dvpo(), planned, now=NOW)
    assert reason.field == "kind"


def extend(order, code, until, authority=Authority.COURT, now=NOW):
    return reasons_not_to_extend(order, kind_of(code), until=until, authority=authority, now=now)


def test_bail_is_extended_by_rank_before_it_ends():
    before = at("2026-10-20 10:00")
    bail = "pre-charge-bail"
    inspector = Authority.INSPECTOR
    assert extend(a_bail(), bail, date(2027, 1, 31), inspector, before) == ()
    assert extend(a_bail(), bail, date(2027, 2, 1), inspector, before) != ()
    assert extend(a_bail(), bail, date(2026, 10, 31), inspector, before) != ()
    (late,) = extend(a_bail(), bail, date(2027, 1, 31), inspector, at("2026-11-01 00:00"))
    assert "ended on 31 October 2026" in late.message


def test_a_dvpo_cannot_be_extended():
    reasons = extend(a_dvpo(ends_on=date(2026, 6, 20)), "dvpo", date(2026, 6, 28), now=at("2026-06-10 10:00"))  # fmt: skip # noqa: E501
    assert [reason.source for reason in reasons] == [ORDER]


def test_an_order_until_further_order_has_nothing_to_extend():
    assert "no end date" in extend(a_dapo(), "dapo", date(2027, 1, 1))[0].message


@pytest.mark.parametrize(
    ("code", "before", "allowed"),
    [
        ("dvpo", "dvpn", True),
        ("dapo", "dapn", True),
        ("court-bail", "pre-charge-bail", True),
        ("restraining-order", "court-bail", True),
        ("dvpn", "dvpo", False),
        ("court-bail", "dvpn", False),
    ],
)
def test_histories_run_one_way(code, before, allowed):
    assert (reasons_not_to_follow(kind_of(code), KindCode(before)) == ()) is allowed


def test_reasons_stand_beside_their_fields_with_their_sources():
    errors = by_field([Reason("a", "One", "s.1"), Reason("b", "Two", "s.2"), Reason("a", "3", "s")])
    assert errors == {"a": "One (s.1). 3 (s).", "b": "Two (s.2)."}


@pytest.mark.parametrize(
    ("offence", "statement", "due_at"),
    [
        (date(2026, 1, 10), None, "2026-07-11 00:00"),
        (date(2026, 1, 10), date(2026, 5, 1), "2026-11-02 00:00"),
        (date(2026, 1, 10), date(2027, 12, 1), "2028-01-11 00:00"),
        (date(2022, 6, 27), date(2022, 7, 1), "2022-12-28 00:00"),
    ],
)
def test_a_domestic_assault_can_be_prosecuted_for_longer_once_there_is_a_statement(
    offence, statement, due_at
):
    assert domestic_assault_limit(offence, statement_on=statement).due_at == at(due_at)


def test_a_statement_before_the_offence_is_refused():
    with pytest.raises(Invalid, match="before the offence"):
        domestic_assault_limit(date(2026, 1, 10), statement_on=date(2026, 1, 9))
    assert summary_limit(date(2026, 1, 10)).source == "Magistrates' Courts Act 1980 s.127(1)"
