"""The people of the demonstration, all invented, and how each was referred."""

from datetime import date
from typing import Final
from uuid import UUID

from msgspec import Struct

from app.demo.context import DemoContext
from programmes.catalogue.queries import programme
from programmes.common.clock import london_date
from programmes.common.db import fetch
from programmes.people.commands import NewPerson, add_person
from programmes.people.words import Sex
from programmes.referrals.commands import NewReferral, move_referral, receive_referral
from programmes.referrals.suitability_commands import decide_suitability
from programmes.referrals.suitability_rules import wanted_answers
from programmes.referrals.suitability_words import Decision
from programmes.referrals.words import Outcome, ReasonCode, ReferralStatus, RiskLevel, Route

PROBATION: Final = "probation@waymark.example"
IOM: Final = "iom@waymark.example"
CASE_OWNER: Final = "case.owner@waymark.example"
MANAGER: Final = "manager@waymark.example"
CARA: Final = "cara@waymark.example"


class Invented(Struct, frozen=True):
    """Somebody who is not. `key` is by what the demonstration knows them; `born` in years ago."""

    key: str
    first_name: str
    last_name: str
    born: str
    ethnic_group: str
    language: str = "English"
    needs_interpreter: bool = False
    district: str = "LS9"
    sex: Sex = Sex.MALE


def _read(text: str) -> tuple[Invented, ...]:
    """One person a line: key, names, birthday, ethnic group, district, language (! interprets)."""
    found = []
    for line in text.strip().splitlines():
        key, first, last, born, ethnic, district, language = (p.strip() for p in line.split("|"))
        sex = Sex.FEMALE if key.startswith("woman") else Sex.MALE
        spoken, needs = language.removesuffix("!"), language.endswith("!")
        found.append(Invented(key, first, last, born, ethnic, spoken, needs, district, sex))
    return tuple(found)


PEOPLE: Final = _read("""
done-1 | Craig | Barraclough | 1984-03-11 | White British | LS9 | English
done-2 | Imran | Mahmood-Siddiqui | 1990-07-02 | Pakistani | LS8 | Urdu
done-3 | Tomasz | Wiśniewski | 1987-12-19 | White other | LS11 | Polish
done-4 | Delroy | St. Clair | 1979-01-30 | Black Caribbean | LS7 | English
done-5 | Gareth | ap Rhys | 1991-09-14 | White British | LS12 | English
done-6 | Nnamdi | Okonkwo | 1986-05-05 | Black African | LS10 | English
done-7 | Liam | O'Shaughnessy | 1994-11-23 | White Irish | LS13 | English
done-8 | Harpreet | Singh | 1982-08-08 | Indian | LS17 | Panjabi
done-9 | Wayne | Thistlethwaite | 1975-04-17 | White British | LS14 | English
done-10 | Bogdan-Ștefan | Munteanu | 1989-02-28 | White other | LS9 | Romanian
done-11 | Kieran | Holdsworth | 1997-06-09 | White British | LS15 | English
now-1 | Ryan | Armitage | 1993-10-21 | White British | LS10 | English
now-2 | Mohammed Abdul-Rahman | Chowdhury | 1988-03-03 | Bangladeshi | LS8 | Bengali
now-3 | Jermaine | Whyte-Campbell | 1985-07-27 | Black Caribbean | LS7 | English
now-4 | Piotr | Żółkiewski | 1992-01-12 | White other | LS11 | Polish
now-5 | Scott | Ramsbottom | 1981-05-19 | White British | LS12 | English
now-6 | Yusuf | Abdi | 1995-09-30 | Black African | LS9 | Somali
now-7 | Daniel | Murgatroyd | 1990-12-07 | White British | LS16 | English
now-8 | Zoltán | Szentgyörgyi | 1983-02-14 | White other | LS6 | Hungarian
now-9 | Lee | Appleyard | 1998-08-25 | White British | LS26 | English
now-10 | Wahyudi |  | 1987-04-04 | Other Asian | LS3 | Indonesian
now-11 | Connor | Dewhirst-Oyelaran | 1996-11-11 | Mixed White and Black African | LS13 | English
next-1 | Adam | Fairbank | 1989-06-18 | White British | LS18 | English
next-2 | Kwabena | Boateng-Mensah | 1984-10-02 | Black African | LS9 | Twi
next-3 | Shane | Illsley | 1992-03-26 | White British | LS10 | English
next-4 | Rashid | Karimi | 1990-05-31 | Other | LS8 | Dari
next-5 | Jordan | Pickersgill | 1999-01-20 | White British | LS14 | English
next-6 | Anthony | Featherstonehaugh-Montgomery | 1978-09-09 | White British | LS17 | English
wait-1 | Mark | Greenhalgh | 1986-07-15 | White British | LS11 | English
wait-2 | Aurelijus | Kazlauskas | 1991-02-03 | White other | LS9 | Lithuanian!
wait-3 | Dwayne | Barrett | 1994-12-12 | Black Caribbean | LS7 | English
wait-4 | Paul | Sugden | 1973-08-29 | White British | LS27 | English
wait-5 | Usman | Ghani | 1988-11-04 | Pakistani | LS11 | English
wait-6 | Callum | Wigglesworth | 2000-04-22 | White British | LS15 | English
wait-7 | Hiwa | Rasul | 1989-10-10 | Other | LS12 | Kurdish Sorani!
wait-8 | Neil | Copley | 1980-06-01 | White British | LS28 | English
new-1 | Aaron | Birdsall | 1995-05-16 | White British | LS10 | English
new-2 | Tariq | Hussain-Shah | 1987-09-21 | Pakistani | LS8 | Urdu
new-3 | Jamie | Laycock | 1992-07-07 | White British | LS9 | English
new-4 | Emeka | Nwosu | 1985-01-25 | Black African | LS4 | English
new-5 | Martin | Earnshaw | 1977-03-18 | White British | LS25 | English
new-6 | Earnshaw | Martyn | 1977-03-18 | White British | LS25 | English
checked-1 | Stuart | Hepworth | 1990-08-13 | White British | LS13 | English
checked-2 | Gintaras | Petrauskas | 1986-12-30 | White other | LS9 | Lithuanian
assessed-1 | Joel | Akroyd-Brown | 1993-02-17 | Mixed White and Black Caribbean | LS7 | English
assessed-2 | Simon | Lumley | 1982-10-08 | White British | LS19 | English
offered-1 | Ben | Stansfield | 1991-04-29 | White British | LS16 | English
offered-2 | Farhad | Nazari | 1988-06-24 | Other | LS8 | Farsi
unsuited-1 | Carl | Hinchcliffe | 1984-09-03 | White British | LS14 | English
unsuited-2 | Marcin | Dąbrowski | 1990-01-09 | White other | LS11 | Polish!
woman-unsuited | Stacey | Broadbent | 1992-11-28 | White British | LS9 | English
closed-1 | Darren | Mallinson | 1981-07-20 | White British | LS12 | English
closed-2 | Ibrahim | Diallo | 1996-03-14 | Black African | LS9 | French
pair-done-1 | Josh | Whiteley | 1997-05-08 | White British | LS6 | English
pair-done-2 | Amir | Sohail | 1993-08-19 | Pakistani | LS8 | English
pair-done-3 | Lewis | Crabtree | 1999-10-27 | White British | LS13 | English
pair-done-4 | Chidi | Eze | 1990-12-02 | Black African | LS10 | English
pair-done-5 | Ross | McAllister | 1986-02-21 | White British | LS28 | English
pair-next-1 | Nathan | Oldfield | 1994-06-06 | White British | LS15 | English
pair-next-2 | Bilal | Aziz | 1998-09-17 | Pakistani | LS11 | English
pair-next-3 | Oskar | Nowak | 1991-11-30 | White other | LS9 | Polish
pair-next-4 | Theo | Antoniou | 1989-04-13 | White other | LS17 | Greek
pair-wait-1 | Jake | Ogden | 2001-01-05 | White British | LS10 | English
pair-wait-2 | Kamran | Yousaf | 1995-07-23 | Pakistani | LS8 | English
pair-wait-3 | Peter | Sutherland | 1976-10-16 | White British | LS21 | English
woman-pair-wait | Kayleigh | Ramsden-Hughes | 1993-03-31 | White British | LS12 | English
""")
_CARE_ORDER = (PROBATION, CASE_OWNER, PROBATION, IOM, CASE_OWNER)
_ROUTES: Final = {
    PROBATION: (Route.COMMUNITY_ORDER, "National Probation Service"),
    CASE_OWNER: (Route.CHILD_PROTECTION_PLAN, "Children's Social Work Service"),
    IOM: (Route.VOLUNTARY, "Integrated Offender Management"),
    CARA: (Route.CONDITIONAL_CAUTION, "West Yorkshire Police"),
}
_RISKS = (RiskLevel.MEDIUM, RiskLevel.HIGH, RiskLevel.MEDIUM, RiskLevel.MEDIUM)
RECEIVED_AGO: Final = {
    "done": 260, "now": 110, "next": 60, "wait": 75, "new": 3, "checked": 8, "assessed": 15,
    "offered": 50, "unsuited": 90, "woman": 40, "closed": 120, "pair": 70,
}  # fmt: skip


async def load(context: DemoContext) -> None:
    """Everybody, each with one referral as far as it has come before anybody gives places."""
    async with context.acting("load-demo-people"):
        rows = await fetch("SELECT id, name FROM agency")
        agencies = {row["name"]: row["id"] for row in rows}
        for position, one in enumerate(PEOPLE):
            owner = CARA if "pair" in one.key else _CARE_ORDER[position % len(_CARE_ORDER)]
            route, agency = _ROUTES[owner]
            await _add(context, one, owner)
            await _refer(context, one, position, route, agencies[agency])
            await _move_on(context, one)


async def _add(context: DemoContext, one: Invented, owner: str) -> None:
    new = NewPerson(
        first_name=one.first_name,
        last_name=one.last_name,
        date_of_birth=date.fromisoformat(one.born),
        sex=one.sex,
        ethnic_group=one.ethnic_group,
        first_language=one.language,
        interpreter_needed=one.needs_interpreter,
        postcode_district=one.district,
    )
    at = context.ago(_received_ago(one))
    context.people[one.key] = await add_person(new, actor=context.accounts[owner], now=at)


def _received_ago(one: Invented) -> int:
    """Days ago, a little different for each of a kind."""
    kind = "done" if one.key.startswith("pair-done") else one.key.split("-")[0]
    number = one.key.rsplit("-", 1)[-1]
    spread = int(number) if number.isdigit() else 0
    base = 130 if one.key.startswith("pair-done") else RECEIVED_AGO[kind]
    return max(1, base - 2 * spread)


async def _refer(
    context: DemoContext, one: Invented, position: int, route: Route, agency_id: UUID
) -> None:
    at = context.ago(_received_ago(one))
    is_pair = "pair" in one.key
    new = NewReferral(
        person_id=context.people[one.key],
        programme_code="cara" if is_pair else "caring-dads",
        agency_id=agency_id,
        received_on=london_date(at),
        route=route,
        risk_level=RiskLevel.STANDARD if is_pair else _RISKS[position % len(_RISKS)],
        contact_with_child=None if is_pair else True,
    )
    actor = context.accounts[MANAGER]
    context.referrals[one.key] = await receive_referral(new, actor=actor, now=at)


_NOT_SUITABLE = {
    "unsuited-1": (ReasonCode.NO_CHILDREN, "Has no children and no contact with any."),
    "unsuited-2": (ReasonCode.LANGUAGE, "No group with an interpreter for Polish this year."),
    "woman-unsuited": (ReasonCode.WOMAN, "No programme for women who cause harm exists here."),
}


async def _move_on(context: DemoContext, one: Invented) -> None:
    """As far as each referral has come; places are given when there are cohorts."""
    referral_id = context.referrals[one.key]
    manager = context.accounts[CARA if "pair" in one.key else MANAGER]
    at = context.ago(max(0.5, _received_ago(one) - 6))
    if one.key.startswith("new"):
        return
    if one.key.startswith(("checked", "assessed")):
        steps = [ReferralStatus.CHECKED, ReferralStatus.ASSESSED]
        for version, step in enumerate(steps[: 1 + one.key.startswith("assessed")], start=1):
            await move_referral(
                referral_id, step, version=version, reason="", actor=manager, now=at
            )
        return
    code = "cara" if "pair" in one.key else "caring-dads"
    rules = (await programme(code)).version_on(context.today).rules
    decision = Decision(Outcome.SUITABLE, answers=wanted_answers(rules))
    if one.key in _NOT_SUITABLE:
        code, note = _NOT_SUITABLE[one.key]
        decision = Decision(Outcome.NOT_SUITABLE, code, note)
    elif one.key.startswith("closed"):
        decision = Decision(Outcome.CLOSED, ReasonCode.WITHDRAWN, "The referrer withdrew it.")
    await decide_suitability(referral_id, decision, version=1, actor=manager, now=at)
    if one.key.startswith("offered"):
        await move_referral(
            referral_id, ReferralStatus.OFFERED, version=2, reason="", actor=manager, now=at
        )
