"""The law of each clock as data: what starts it, how long it runs, on which calendar, and why."""

from datetime import date

import msgspec

from programmes.common.working_days import COURT_BAIL, EVERY_DAY, NOTICE_AND_ORDER
from programmes.orders.words import (
    Authority,
    Basis,
    ClockKind,
    ClockLaw,
    ClockStop,
    FirstDay,
    RunsFrom,
    Tier,
    Unit,
)

DVPN_HEARING = ClockKind("dvpn-hearing")
DVPN_BREACH_COURT = ClockKind("dvpn-breach-court")
DVPO_BREACH_COURT = ClockKind("dvpo-breach-court")
DAPN_HEARING = ClockKind("dapn-hearing")
DAPN_BREACH_COURT = ClockKind("dapn-breach-court")
COURT_BAIL_BREACH = ClockKind("court-bail-breach")
PRE_CHARGE_BAIL = ClockKind("pre-charge-bail")
DVPO_END = ClockKind("dvpo-end")
DAPO_NOTIFY = ClockKind("dapo-notify")
SPO_NOTIFY = ClockKind("spo-notify")
SPO_END = ClockKind("spo-end")
ASSAULT_PROSECUTION = ClockKind("assault-prosecution")
SUMMARY_PROSECUTION = ClockKind("summary-prosecution")

# Rolled out to every force on this day; the words of the Act are of 2010.
DVPN_EVERYWHERE = date(2014, 3, 8)
# Royal Assent: a notice made in any area since runs by these words, whenever its area began.
DOMESTIC_ABUSE_ACT = date(2021, 4, 29)
STALKING_ACT = date(2020, 1, 20)
ASSAULT_LIMIT_OF_2022 = date(2022, 6, 28)
BAIL_LIMITS_OF_2022 = date(2022, 10, 28)


_THREE_DAYS = "Domestic Abuse Act 2021 s.41(2)"
_THREE_DAYS_STALKING = "Stalking Protection Act 2019 s.9(1)"
_TWO_YEARS_STALKING = "Stalking Protection Act 2019 s.3"
_DVPO_LENGTH = "Crime and Security Act 2010 s.28(10)"
_SIX_MONTHS = "Magistrates' Courts Act 1980 s.127(1)"
_TWO_LIMITS = "Criminal Justice Act 1988 s.39A(4)"
_PACE = "Police and Criminal Evidence Act 1984"


def _only(amount: int, source: str) -> tuple[Tier, ...]:
    return (Tier(shortest=amount, longest=amount, usual=amount, source=source),)


def _from_arrest_to_court(
    kind: ClockKind, instrument: str, *, calendar: str, since: date, source: str
) -> ClockLaw:
    return ClockLaw(
        kind=kind,
        stops=ClockStop.COURT_AFTER_ARREST,
        name=f"Before the court after arrest for breach of {instrument}",
        runs_from=RunsFrom.ARREST,
        unit=Unit.HOURS,
        first_day=FirstDay.COUNTS,
        calendar=calendar,
        valid_from=since,
        basis=Basis.CHECKED,
        source=source,
        tiers=_only(24, source),
    )


def _to_hearing(kind: ClockKind, order: str, *, since: date, source: str) -> ClockLaw:
    return ClockLaw(
        kind=kind,
        stops=ClockStop.HEARING,
        name=f"The court must hear the application for {order}",
        runs_from=RunsFrom.SERVICE,
        unit=Unit.HOURS,
        first_day=FirstDay.COUNTS,
        calendar=NOTICE_AND_ORDER.code,
        valid_from=since,
        basis=Basis.CHECKED,
        source=source,
        tiers=_only(48, source),
    )


def _in_dates(
    kind: ClockKind,
    stops: ClockStop,
    *,
    name: str,
    runs_from: RunsFrom,
    unit: Unit,
    first_day: FirstDay,
    since: date,
    source: str,
    tiers: tuple[Tier, ...],
) -> ClockLaw:
    return ClockLaw(
        kind=kind,
        stops=stops,
        name=name,
        runs_from=runs_from,
        unit=unit,
        first_day=first_day,
        calendar=EVERY_DAY.code,
        valid_from=since,
        basis=Basis.CHECKED,
        source=source,
        tiers=tiers,
    )


DVPN_HEARING_LAW = _to_hearing(
    DVPN_HEARING,
    "a DVPO",
    since=DVPN_EVERYWHERE,
    source="Crime and Security Act 2010 s.27",
)
DVPN_BREACH_LAW = _from_arrest_to_court(
    DVPN_BREACH_COURT,
    "a DVPN (or at the DVPO hearing, if that is earlier)",
    calendar=NOTICE_AND_ORDER.code,
    since=DVPN_EVERYWHERE,
    source="Crime and Security Act 2010 s.26",
)
DVPO_BREACH_LAW = _from_arrest_to_court(
    DVPO_BREACH_COURT,
    "a DVPO",
    calendar=NOTICE_AND_ORDER.code,
    since=DVPN_EVERYWHERE,
    source="Crime and Security Act 2010 s.29",
)
DAPN_HEARING_LAW = _to_hearing(
    DAPN_HEARING,
    "a DAPO",
    since=DOMESTIC_ABUSE_ACT,
    source="Domestic Abuse Act 2021 s.29(2)-(3)",
)
DAPN_BREACH_LAW = _from_arrest_to_court(
    DAPN_BREACH_COURT,
    "a DAPN (or at the DAPO hearing, if that is earlier)",
    calendar=NOTICE_AND_ORDER.code,
    since=DOMESTIC_ABUSE_ACT,
    source="Domestic Abuse Act 2021 s.26(2), (4)",
)
COURT_BAIL_BREACH_LAW = _from_arrest_to_court(
    COURT_BAIL_BREACH,
    "court bail: a justice of the peace",
    calendar=COURT_BAIL.code,
    since=date(1978, 4, 17),
    source="Bail Act 1976 s.7(4), (7)",
)
PRE_CHARGE_BAIL_LAW = _in_dates(
    PRE_CHARGE_BAIL,
    ClockStop.END,
    name="Pre-charge bail ends",
    runs_from=RunsFrom.ARREST,
    unit=Unit.MONTHS,
    first_day=FirstDay.NEXT_DAY,
    since=BAIL_LIMITS_OF_2022,
    source="for arrests from 28 October 2022, Police, Crime, Sentencing and Courts Act 2022 "
    "s.45(3) and Sch. 4",
    tiers=tuple(
        Tier(authority=authority, shortest=None, longest=months, usual=months, source=source)
        for authority, months, source in (
            (Authority.CUSTODY_OFFICER, 3, f"{_PACE} s.47ZB"),
            (Authority.INSPECTOR, 6, f"{_PACE} s.47ZD"),
            (Authority.SUPERINTENDENT, 9, f"{_PACE} s.47ZDA(2)"),
            (Authority.COURT, 12, f"{_PACE} s.47ZF(4)(a)"),
            (Authority.COURT_AGAIN, 18, f"{_PACE} ss.47ZF(6)(a), 47ZG"),
        )
    ),
)
DVPO_END_LAW = _in_dates(
    DVPO_END,
    ClockStop.END,
    name="The DVPO ends",
    runs_from=RunsFrom.MAKING,
    unit=Unit.DAYS,
    first_day=FirstDay.COUNTS,
    since=DVPN_EVERYWHERE,
    source=_DVPO_LENGTH,
    tiers=(Tier(shortest=14, longest=28, source=_DVPO_LENGTH),),
)
DAPO_NOTIFY_LAW = _in_dates(
    DAPO_NOTIFY,
    ClockStop.NOTIFICATION,
    name="The police must have been told the names and home address under a DAPO",
    runs_from=RunsFrom.MAKING,
    unit=Unit.DAYS,
    first_day=FirstDay.COUNTS,
    since=DOMESTIC_ABUSE_ACT,
    source=_THREE_DAYS,
    tiers=_only(3, _THREE_DAYS),
)
SPO_NOTIFY_LAW = _in_dates(
    SPO_NOTIFY,
    ClockStop.NOTIFICATION,
    name="The police must have been told the names and home address under a stalking order",
    runs_from=RunsFrom.SERVICE,
    unit=Unit.DAYS,
    first_day=FirstDay.COUNTS,
    since=STALKING_ACT,
    source=_THREE_DAYS_STALKING,
    tiers=_only(3, _THREE_DAYS_STALKING),
)
SPO_END_LAW = _in_dates(
    SPO_END,
    ClockStop.END,
    name="The stalking protection order ends",
    runs_from=RunsFrom.MAKING,
    unit=Unit.MONTHS,
    first_day=FirstDay.COUNTS,
    since=STALKING_ACT,
    source=_TWO_YEARS_STALKING,
    tiers=(Tier(shortest=24, longest=None, source=_TWO_YEARS_STALKING),),
)
SUMMARY_PROSECUTION_LAW = _in_dates(
    SUMMARY_PROSECUTION,
    ClockStop.PROSECUTION,
    name="Prosecution of a summary offence must have begun",
    runs_from=RunsFrom.OFFENCE,
    unit=Unit.MONTHS,
    first_day=FirstDay.LEFT_OUT,
    since=date(1981, 7, 6),
    source=_SIX_MONTHS,
    tiers=_only(6, _SIX_MONTHS),
)
ASSAULT_STATEMENT_LAW = _in_dates(
    ASSAULT_PROSECUTION,
    ClockStop.PROSECUTION,
    name="Prosecution of common assault that is domestic abuse must have begun",
    runs_from=RunsFrom.STATEMENT,
    unit=Unit.MONTHS,
    first_day=FirstDay.LEFT_OUT,
    since=ASSAULT_LIMIT_OF_2022,
    source=_TWO_LIMITS,
    tiers=_only(6, _TWO_LIMITS),
)
ASSAULT_OFFENCE_LAW = msgspec.structs.replace(
    ASSAULT_STATEMENT_LAW, runs_from=RunsFrom.OFFENCE, tiers=_only(24, _TWO_LIMITS)
)

CLOCK_LAWS = {
    law.kind: law
    for law in (
        DVPN_HEARING_LAW,
        DVPN_BREACH_LAW,
        DVPO_BREACH_LAW,
        DAPN_HEARING_LAW,
        DAPN_BREACH_LAW,
        COURT_BAIL_BREACH_LAW,
        PRE_CHARGE_BAIL_LAW,
        DVPO_END_LAW,
        DAPO_NOTIFY_LAW,
        SPO_NOTIFY_LAW,
        SPO_END_LAW,
        SUMMARY_PROSECUTION_LAW,
    )
}
