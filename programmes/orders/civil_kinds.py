"""Civil orders and notices as they are held at the start: an editable, dated default each."""

from datetime import date

from programmes.orders.clock_laws import (
    DAPN_BREACH_LAW,
    DAPN_HEARING_LAW,
    DAPO_NOTIFY_LAW,
    DVPN_BREACH_LAW,
    DVPN_EVERYWHERE,
    DVPN_HEARING_LAW,
    DVPO_BREACH_LAW,
    DVPO_END_LAW,
    SPO_END_LAW,
    SPO_NOTIFY_LAW,
    STALKING_ACT,
)
from programmes.orders.words import (
    ANY_CONDITION,
    ENGLAND_AND_WALES,
    PROHIBITIONS,
    Authority,
    Basis,
    BreachNature,
    ConditionKind,
    Ends,
    HeardBy,
    KindCode,
    KindVersion,
    Sanction,
    SanctionLimit,
)

DVPN = KindCode("dvpn")
DVPO = KindCode("dvpo")
DAPN = KindCode("dapn")
DAPO = KindCode("dapo")
NON_MOLESTATION = KindCode("non-molestation")
RESTRAINING_ORDER = KindCode("restraining-order")
STALKING_PROTECTION = KindCode("stalking-protection")

_NOTICE_CONDITIONS = (
    ConditionKind.NO_CONTACT,
    ConditionKind.NO_MOLESTATION,
    ConditionKind.NO_EVICTION,
    ConditionKind.EXCLUSION_ZONE,
    ConditionKind.NAMED_PREMISES,
    ConditionKind.LEAVE_PREMISES,
)
_FIVE_YEARS = (
    SanctionLimit(sanction=Sanction.CUSTODY, at_most="5 years"),
    SanctionLimit(sanction=Sanction.FINE),
    SanctionLimit(sanction=Sanction.COMMUNITY_SENTENCE),
    SanctionLimit(sanction=Sanction.NO_ACTION),
)
_REMAND_ONLY = (
    SanctionLimit(sanction=Sanction.REMAND),
    SanctionLimit(sanction=Sanction.NO_ACTION),
)

DVPN_KIND = KindVersion(
    code=DVPN,
    number=1,
    area=ENGLAND_AND_WALES,
    valid_from=DVPN_EVERYWHERE,
    name="Domestic violence protection notice",
    short_name="DVPN",
    source="Crime and Security Act 2010 s.24",
    basis=Basis.CHECKED,
    authorised_by=(Authority.SUPERINTENDENT,),
    ends=Ends.AT_HEARING,
    breach=BreachNature.NO_OFFENCE,
    breach_source="Crime and Security Act 2010 s.26",
    heard_by=HeardBy.COURT,
    sanctions=_REMAND_ONLY,
    conditions=_NOTICE_CONDITIONS,
    conditions_source="Crime and Security Act 2010 s.24(6)-(8)",
    clocks=(DVPN_HEARING_LAW, DVPN_BREACH_LAW),
    can_be_extended=False,
    ages_from=18,
)
DVPO_KIND = KindVersion(
    code=DVPO,
    number=1,
    area=ENGLAND_AND_WALES,
    valid_from=DVPN_EVERYWHERE,
    name="Domestic violence protection order",
    short_name="DVPO",
    source="Crime and Security Act 2010 ss.27, 28",
    basis=Basis.CHECKED,
    authorised_by=(Authority.COURT,),
    ends=Ends.ON_A_DATE,
    breach=BreachNature.CIVIL_CONTEMPT,
    breach_source="Crime and Security Act 2010 s.29; Magistrates' Courts Act 1980 s.63(3)",
    heard_by=HeardBy.COURT,
    sanctions=(
        SanctionLimit(sanction=Sanction.DAILY_SUM, at_most="£50 a day, £5,000 in all"),
        SanctionLimit(sanction=Sanction.SUM, at_most="£5,000"),
        SanctionLimit(sanction=Sanction.CUSTODY, at_most="2 months"),
        *_REMAND_ONLY,
    ),
    conditions=_NOTICE_CONDITIONS,
    conditions_source="Crime and Security Act 2010 s.28(6)-(8)",
    clocks=(DVPO_END_LAW, DVPO_BREACH_LAW),
    may_follow=(DVPN,),
    can_be_extended=False,
    ages_from=18,
)

# Part 3 of the Domestic Abuse Act 2021 began area by area; one more area is one more row. Each
# instrument of commencement named an end that later ones moved: no end is held here.
DOMESTIC_ABUSE_ACT_AREAS = (
    ("Greater Manchester", date(2024, 11, 27), "S.I. 2024/1191"),
    ("Bromley, Croydon and Sutton", date(2024, 11, 27), "S.I. 2024/1191"),
    ("Cleveland", date(2025, 3, 5), "S.I. 2025/261 and 2025/319"),
    ("North Wales", date(2025, 4, 28), "S.I. 2025/515"),
)


def dapn_in(area: str, valid_from: date, commenced_by: str) -> KindVersion:
    """The notice of the 2021 Act as it runs in one area."""
    return KindVersion(
        code=DAPN,
        number=1,
        area=area,
        valid_from=valid_from,
        name="Domestic abuse protection notice",
        short_name="DAPN",
        source=f"Domestic Abuse Act 2021 s.22; {commenced_by}",
        basis=Basis.PRACTICE,
        authorised_by=(Authority.INSPECTOR, Authority.SUPERINTENDENT),
        ends=Ends.AT_HEARING,
        breach=BreachNature.NO_OFFENCE,
        breach_source="Domestic Abuse Act 2021 s.26",
        heard_by=HeardBy.COURT,
        sanctions=_REMAND_ONLY,
        conditions=_NOTICE_CONDITIONS,
        conditions_source="Domestic Abuse Act 2021 s.23",
        clocks=(DAPN_HEARING_LAW, DAPN_BREACH_LAW),
        can_be_extended=False,
        ages_from=18,
    )


def dapo_in(area: str, valid_from: date, commenced_by: str) -> KindVersion:
    """The order of the 2021 Act as it runs in one area; it follows the man to any other."""
    return KindVersion(
        code=DAPO,
        number=1,
        area=area,
        valid_from=valid_from,
        name="Domestic abuse protection order",
        short_name="DAPO",
        source=f"Domestic Abuse Act 2021 ss.27-39; {commenced_by}",
        basis=Basis.PRACTICE,
        authorised_by=(Authority.COURT, Authority.FAMILY_COURT),
        ends=Ends.DATE_OR_FURTHER_ORDER,
        breach=BreachNature.CRIMINAL_OFFENCE,
        breach_source="Domestic Abuse Act 2021 s.39",
        heard_by=HeardBy.COURT,
        sanctions=_FIVE_YEARS,
        conditions=ANY_CONDITION,
        conditions_source="Domestic Abuse Act 2021 ss.35-38",
        clocks=(DAPO_NOTIFY_LAW,),
        may_follow=(DAPN, DVPN, DVPO, DAPO),
        names_responsible_person=True,
        ages_from=18,
        tag_months=12,
    )


NON_MOLESTATION_KIND = KindVersion(
    code=NON_MOLESTATION,
    number=1,
    area=ENGLAND_AND_WALES,
    valid_from=date(2007, 7, 1),
    name="Non-molestation order",
    short_name="Non-molestation order",
    source="Family Law Act 1996 s.42",
    basis=Basis.CHECKED,
    authorised_by=(Authority.FAMILY_COURT, Authority.COURT),
    ends=Ends.DATE_OR_FURTHER_ORDER,
    breach=BreachNature.CRIMINAL_OFFENCE,
    breach_source="Family Law Act 1996 s.42A",
    heard_by=HeardBy.COURT,
    sanctions=_FIVE_YEARS,
    conditions=tuple(kind for kind in ANY_CONDITION if kind in PROHIBITIONS),
    conditions_source="Family Law Act 1996 s.42(6)",
    may_follow=(DVPN, DVPO),
)
RESTRAINING_ORDER_KIND = KindVersion(
    code=RESTRAINING_ORDER,
    number=1,
    area=ENGLAND_AND_WALES,
    valid_from=date(2020, 12, 1),
    name="Restraining order",
    short_name="Restraining order",
    source="Sentencing Act 2020 s.360; Protection from Harassment Act 1997 s.5A",
    basis=Basis.CHECKED,
    authorised_by=(Authority.COURT,),
    ends=Ends.DATE_OR_FURTHER_ORDER,
    breach=BreachNature.CRIMINAL_OFFENCE,
    breach_source="Sentencing Act 2020 s.363",
    heard_by=HeardBy.COURT,
    sanctions=_FIVE_YEARS,
    conditions=tuple(kind for kind in ANY_CONDITION if kind in PROHIBITIONS),
    conditions_source="Sentencing Act 2020 s.359",
    may_follow=(KindCode("court-bail"), KindCode("pre-charge-bail")),
)
STALKING_PROTECTION_KIND = KindVersion(
    code=STALKING_PROTECTION,
    number=1,
    area=ENGLAND_AND_WALES,
    valid_from=STALKING_ACT,
    name="Stalking protection order",
    short_name="SPO",
    source="Stalking Protection Act 2019 ss.1-3",
    basis=Basis.CHECKED,
    authorised_by=(Authority.COURT,),
    ends=Ends.DATE_OR_FURTHER_ORDER,
    breach=BreachNature.CRIMINAL_OFFENCE,
    breach_source="Stalking Protection Act 2019 s.8",
    heard_by=HeardBy.COURT,
    sanctions=_FIVE_YEARS,
    conditions=ANY_CONDITION,
    conditions_source="Stalking Protection Act 2019 s.1(2)",
    clocks=(SPO_END_LAW, SPO_NOTIFY_LAW),
)

CIVIL_KINDS = (
    DVPN_KIND,
    DVPO_KIND,
    *(dapn_in(*area) for area in DOMESTIC_ABUSE_ACT_AREAS),
    *(dapo_in(*area) for area in DOMESTIC_ABUSE_ACT_AREAS),
    NON_MOLESTATION_KIND,
    RESTRAINING_ORDER_KIND,
    STALKING_PROTECTION_KIND,
)
