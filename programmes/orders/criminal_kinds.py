"""Bail, cautions, licences and community orders as they are held at the start."""

from datetime import date

from programmes.orders.clock_laws import (
    BAIL_LIMITS_OF_2022,
    COURT_BAIL_BREACH_LAW,
    PRE_CHARGE_BAIL_LAW,
    SUMMARY_PROSECUTION_LAW,
)
from programmes.orders.words import (
    ANY_CONDITION,
    ENGLAND_AND_WALES,
    Authority,
    Basis,
    BreachNature,
    ConditionKind,
    Ends,
    HeardBy,
    InForce,
    KindCode,
    KindVersion,
    Sanction,
    SanctionLimit,
)

PRE_CHARGE_BAIL = KindCode("pre-charge-bail")
UNDER_INVESTIGATION = KindCode("released-under-investigation")
COURT_BAIL = KindCode("court-bail")
CONDITIONAL_CAUTION = KindCode("conditional-caution")
DIVERSIONARY_CAUTION = KindCode("diversionary-caution")
COMMUNITY_CAUTION = KindCode("community-caution")
LICENCE = KindCode("licence")
COMMUNITY_ORDER = KindCode("community-order")
CAUTIONS = frozenset({CONDITIONAL_CAUTION, DIVERSIONARY_CAUTION, COMMUNITY_CAUTION})

_PACE = "Police and Criminal Evidence Act 1984"
_CAUTIONS_ACT = date(2022, 4, 28)
_NO_ACTION = SanctionLimit(sanction=Sanction.NO_ACTION)
_WARNING = SanctionLimit(sanction=Sanction.WARNING)
_PROSECUTION = SanctionLimit(sanction=Sanction.PROSECUTION, at_most="for the original offence")
_CAUTION_CONDITIONS = tuple(kind for kind in ANY_CONDITION if kind is not ConditionKind.TAG)

PRE_CHARGE_BAIL_KIND = KindVersion(
    code=PRE_CHARGE_BAIL,
    number=1,
    area=ENGLAND_AND_WALES,
    valid_from=BAIL_LIMITS_OF_2022,
    name="Pre-charge bail",
    short_name="Pre-charge bail",
    source=f"{_PACE} ss.34, 37, 47ZA-47ZM",
    basis=Basis.CHECKED,
    authorised_by=(
        Authority.CUSTODY_OFFICER,
        Authority.INSPECTOR,
        Authority.SUPERINTENDENT,
        Authority.COURT,
        Authority.COURT_AGAIN,
    ),
    ends=Ends.ON_A_DATE,
    breach=BreachNature.NO_OFFENCE,
    breach_source=f"{_PACE} s.46A",
    heard_by=HeardBy.NOBODY,
    sanctions=(SanctionLimit(sanction=Sanction.BAIL_WITHDRAWN), _WARNING, _NO_ACTION),
    conditions=tuple(kind for kind in ANY_CONDITION if kind is not ConditionKind.TAG),
    conditions_source=f"{_PACE} s.47(1A); Bail Act 1976 s.3A",
    clocks=(PRE_CHARGE_BAIL_LAW,),
    may_follow=(UNDER_INVESTIGATION,),
)
UNDER_INVESTIGATION_KIND = KindVersion(
    code=UNDER_INVESTIGATION,
    number=1,
    area=ENGLAND_AND_WALES,
    valid_from=date(2017, 4, 3),
    name="Released under investigation",
    short_name="RUI",
    source=f"{_PACE} s.34(5): release without bail",
    basis=Basis.PRACTICE,
    authorised_by=(Authority.CUSTODY_OFFICER,),
    ends=Ends.DATE_OR_FURTHER_ORDER,
    breach=BreachNature.NONE,
    breach_source=f"{_PACE} s.34(5): release without bail",
    heard_by=HeardBy.NOBODY,
    sanctions=(),
    conditions=(),
    conditions_source=f"{_PACE} s.34(5): release without bail carries no conditions",
    may_follow=(PRE_CHARGE_BAIL,),
    can_be_extended=False,
    arrest_power=False,
)
COURT_BAIL_KIND = KindVersion(
    code=COURT_BAIL,
    number=1,
    area=ENGLAND_AND_WALES,
    valid_from=date(1978, 4, 17),
    name="Court bail",
    short_name="Court bail",
    source="Bail Act 1976 s.3",
    basis=Basis.CHECKED,
    authorised_by=(Authority.COURT,),
    ends=Ends.ON_A_DATE,
    breach=BreachNature.NO_OFFENCE,
    breach_source="Bail Act 1976 s.7",
    heard_by=HeardBy.COURT,
    sanctions=(
        SanctionLimit(sanction=Sanction.REMAND),
        SanctionLimit(sanction=Sanction.BAIL_WITHDRAWN),
        _NO_ACTION,
    ),
    conditions=ANY_CONDITION,
    conditions_source="Bail Act 1976 s.3(6)",
    clocks=(COURT_BAIL_BREACH_LAW,),
    may_follow=(PRE_CHARGE_BAIL, UNDER_INVESTIGATION, COURT_BAIL),
)
CONDITIONAL_CAUTION_KIND = KindVersion(
    code=CONDITIONAL_CAUTION,
    number=1,
    area=ENGLAND_AND_WALES,
    valid_from=date(2013, 4, 8),
    name="Conditional caution",
    short_name="Conditional caution",
    source="Criminal Justice Act 2003 ss.22-23",
    basis=Basis.PRACTICE,
    authorised_by=(Authority.AUTHORISED_PERSON, Authority.PROSECUTOR),
    ends=Ends.ON_A_DATE,
    breach=BreachNature.ORIGINAL_OFFENCE,
    breach_source="Criminal Justice Act 2003 ss.24-24A",
    heard_by=HeardBy.ISSUER,
    sanctions=(_PROSECUTION, _WARNING, _NO_ACTION),
    conditions=_CAUTION_CONDITIONS,
    conditions_source="Criminal Justice Act 2003 s.22(3)-(3A)",
    clocks=(SUMMARY_PROSECUTION_LAW,),
    may_follow=(PRE_CHARGE_BAIL, UNDER_INVESTIGATION),
    ages_from=18,
)
DIVERSIONARY_CAUTION_KIND = KindVersion(
    code=DIVERSIONARY_CAUTION,
    number=1,
    area=ENGLAND_AND_WALES,
    valid_from=_CAUTIONS_ACT,
    name="Diversionary caution",
    short_name="Diversionary caution",
    source="Police, Crime, Sentencing and Courts Act 2022 ss.98-99",
    basis=Basis.PRACTICE,
    authorised_by=(Authority.AUTHORISED_PERSON, Authority.PROSECUTOR),
    ends=Ends.ON_A_DATE,
    breach=BreachNature.ORIGINAL_OFFENCE,
    breach_source="Police, Crime, Sentencing and Courts Act 2022 s.98(4)",
    heard_by=HeardBy.ISSUER,
    sanctions=(_PROSECUTION, _WARNING, _NO_ACTION),
    conditions=_CAUTION_CONDITIONS,
    conditions_source="Police, Crime, Sentencing and Courts Act 2022 s.98(4)",
    clocks=(SUMMARY_PROSECUTION_LAW,),
    may_follow=(PRE_CHARGE_BAIL, UNDER_INVESTIGATION),
    ages_from=18,
    in_force=InForce.PLANNED,
)
COMMUNITY_CAUTION_KIND = KindVersion(
    code=COMMUNITY_CAUTION,
    number=1,
    area=ENGLAND_AND_WALES,
    valid_from=_CAUTIONS_ACT,
    name="Community caution",
    short_name="Community caution",
    source="Police, Crime, Sentencing and Courts Act 2022 s.98(3)",
    basis=Basis.PRACTICE,
    authorised_by=(Authority.AUTHORISED_PERSON,),
    ends=Ends.ON_A_DATE,
    breach=BreachNature.PENALTY,
    breach_source="Police, Crime, Sentencing and Courts Act 2022 s.98(5)",
    heard_by=HeardBy.ISSUER,
    sanctions=(SanctionLimit(sanction=Sanction.PENALTY), _WARNING, _NO_ACTION),
    conditions=_CAUTION_CONDITIONS,
    conditions_source="Police, Crime, Sentencing and Courts Act 2022 s.98(5)",
    may_follow=(PRE_CHARGE_BAIL, UNDER_INVESTIGATION),
    arrest_power=False,
    ages_from=18,
    in_force=InForce.PLANNED,
)
LICENCE_KIND = KindVersion(
    code=LICENCE,
    number=1,
    area=ENGLAND_AND_WALES,
    valid_from=date(2005, 4, 4),
    name="Licence after release from prison",
    short_name="Licence",
    source="Criminal Justice Act 2003 ss.249-250",
    basis=Basis.PRACTICE,
    authorised_by=(Authority.SECRETARY_OF_STATE,),
    ends=Ends.ON_A_DATE,
    breach=BreachNature.RECALL,
    breach_source="Criminal Justice Act 2003 s.254",
    heard_by=HeardBy.ISSUER,
    sanctions=(SanctionLimit(sanction=Sanction.RECALL), _WARNING, _NO_ACTION),
    conditions=ANY_CONDITION,
    conditions_source="Criminal Justice Act 2003 s.250",
)
COMMUNITY_ORDER_KIND = KindVersion(
    code=COMMUNITY_ORDER,
    number=1,
    area=ENGLAND_AND_WALES,
    valid_from=date(2020, 12, 1),
    name="Community order requirement",
    short_name="Community order",
    source="Sentencing Act 2020 Part 9",
    basis=Basis.PRACTICE,
    authorised_by=(Authority.COURT,),
    ends=Ends.ON_A_DATE,
    breach=BreachNature.RETURN_TO_COURT,
    breach_source="Sentencing Act 2020 Sch. 10",
    heard_by=HeardBy.COURT,
    sanctions=(
        SanctionLimit(sanction=Sanction.ORDER_CHANGED),
        SanctionLimit(sanction=Sanction.FINE, at_most="£2,500"),
        SanctionLimit(sanction=Sanction.CUSTODY),
        _WARNING,
        _NO_ACTION,
    ),
    conditions=ANY_CONDITION,
    conditions_source="Sentencing Act 2020 Sch. 9",
    may_follow=(COURT_BAIL,),
)

CRIMINAL_KINDS = (
    PRE_CHARGE_BAIL_KIND,
    UNDER_INVESTIGATION_KIND,
    COURT_BAIL_KIND,
    CONDITIONAL_CAUTION_KIND,
    DIVERSIONARY_CAUTION_KIND,
    COMMUNITY_CAUTION_KIND,
    LICENCE_KIND,
    COMMUNITY_ORDER_KIND,
)
