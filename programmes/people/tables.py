"""People causing harm, their children, and who is assigned to them."""

from piccolo.columns import ForeignKey
from piccolo.constraints import Unique
from piccolo.table import Table

from programmes.common.columns import (
    Privacy,
    day,
    flag,
    instant,
    key,
    loose_id,
    number,
    one_of,
    refers_to,
    rule,
    text,
    version,
)
from programmes.common.db import WORK
from programmes.common.tables import Account
from programmes.people.words import LivesWith, Sex


class Person(Table, db=WORK, tablename="person"):
    """A person causing harm, or a participant. Found by reference or by the start of a name."""

    id = key()
    reference = text(Privacy.RECORD, unique=True)
    source_ref = text(Privacy.KEY, null=True, unique=True)
    first_name = text(Privacy.HIS)
    last_name = text(Privacy.HIS)
    name_key = text(Privacy.HIS)
    date_of_birth = day(Privacy.HIS)
    sex = text(Privacy.HIS)
    ethnic_group = text(Privacy.HIS, null=True)
    first_language = text(Privacy.HIS, null=True)
    interpreter_needed = flag(Privacy.HIS, default=False)
    postcode_district = text(Privacy.HIS, null=True)
    created_at = instant(Privacy.RECORD)
    merged_into = loose_id(Privacy.KEY, null=True, index=True)
    version = version()
    not_into_itself = rule("merged_into IS NULL OR merged_into <> id")
    known_sex = one_of("sex", Sex)
    born_before = rule("date_of_birth <= (created_at AT TIME ZONE 'Europe/London')::date")


class PersonMerge(Table, db=WORK, tablename="person_merge"):
    """Two records that a person found to be the same man's. Each keeps all that is its own."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    merged_id: ForeignKey[Person] = refers_to(Person)
    reason = text(Privacy.FREE)
    merged_at = instant(Privacy.RECORD)
    merged_by = loose_id(Privacy.RECORD)
    undone_at = instant(Privacy.RECORD, null=True)
    undone_by = loose_id(Privacy.RECORD, null=True)
    undone_reason = text(Privacy.FREE, null=True)
    two_records = rule("person_id <> merged_id")
    undone_whole = rule("(undone_at IS NULL) = (undone_by IS NULL)")


class PersonEquality(Table, db=WORK, tablename="person_equality"):
    """What somebody says of themselves for the equality duty; the latest row counts."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    religion = text(Privacy.HIS, null=True)
    disability = text(Privacy.HIS, null=True)
    sexual_orientation = text(Privacy.HIS, null=True)
    said_at = instant(Privacy.RECORD)
    recorded_by = loose_id(Privacy.RECORD)
    known_disability = one_of("disability", ["yes", "no", "prefer not to say"])


class Child(Table, db=WORK, tablename="child"):
    """A child, who may stand beside two people and is counted once."""

    id = key()
    source_ref = text(Privacy.KEY, null=True, unique=True)
    year_of_birth = number(Privacy.OTHERS, null=True)
    lives_with = text(Privacy.OTHERS)
    known_home = one_of("lives_with", LivesWith)
    believable_year = rule("year_of_birth BETWEEN 1900 AND 2100")


class PersonChild(Table, db=WORK, tablename="person_child"):
    """That this child is this person's."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    child_id: ForeignKey[Child] = refers_to(Child)
    person_child_once = Unique([person_id, child_id])


class Team(Table, db=WORK, tablename="team"):
    """People who share a caseload; a team that runs a programme owns everyone on it."""

    id = key()
    name = text(Privacy.REFERENCE, unique=True)
    programme_code = text(Privacy.REFERENCE, null=True)


class TeamMember(Table, db=WORK, tablename="team_member"):
    """Membership of a team, dated."""

    id = key()
    team_id: ForeignKey[Team] = refers_to(Team)
    account_id: ForeignKey[Account] = refers_to(Account)
    from_on = day(Privacy.RECORD)
    until_on = day(Privacy.RECORD, null=True)
    in_order = rule("until_on IS NULL OR until_on >= from_on")


class Assignment(Table, db=WORK, tablename="assignment"):
    """Whose person this is: a dated assignment to one account or one team."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    account_id: ForeignKey[Account] = refers_to(Account, null=True)
    team_id: ForeignKey[Team] = refers_to(Team, null=True)
    from_on = day(Privacy.RECORD)
    until_on = day(Privacy.RECORD, null=True)
    to_one = rule("(account_id IS NULL) <> (team_id IS NULL)")
    in_order = rule("until_on IS NULL OR until_on >= from_on")


class Cover(Table, db=WORK, tablename="cover"):
    """One member of staff stands in for another between two dates, both included."""

    id = key()
    absent_id: ForeignKey[Account] = refers_to(Account)
    covering_id: ForeignKey[Account] = refers_to(Account)
    from_on = day(Privacy.RECORD)
    until_on = day(Privacy.RECORD)
    not_self = rule("absent_id <> covering_id")
    in_order = rule("until_on >= from_on")


class Exclusion(Table, db=WORK, tablename="exclusion"):
    """A worker who knows the family may not see this person. Overrides every other right."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    account_id: ForeignKey[Account] = refers_to(Account)
    reason = text(Privacy.FREE)
    from_on = day(Privacy.RECORD)
    until_on = day(Privacy.RECORD, null=True)
