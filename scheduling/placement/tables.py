"""What planning knows of people besides their referrals: where somebody is not offered a place."""

from piccolo.columns import ForeignKey
from piccolo.table import Table

from programmes.common.columns import Privacy, day, instant, key, number, refers_to, rule, text
from programmes.common.db import WORK
from programmes.people.tables import Person
from scheduling.cohorts.tables import Cohort, Venue


class NotOffered(Table, db=WORK, tablename="not_offered"):
    """That one cohort or one venue is not offered to a person, from a day (both included).

    Holds no reason and nothing that could tell who gave it: no account, no instant, and an id
    that bears the day alone (`scheduling.placement.commands.not_offered_id`).
    """

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    cohort_id: ForeignKey[Cohort] = refers_to(Cohort, null=True)
    venue_id: ForeignKey[Venue] = refers_to(Venue, null=True)
    from_on = day(Privacy.OTHERS)
    until_on = day(Privacy.OTHERS, null=True)
    given_on = day(Privacy.OTHERS)
    one_of_the_two = rule("num_nonnulls(cohort_id, venue_id) = 1")
    in_order = rule("until_on >= from_on")


class KeptApart(Table, db=WORK, tablename="kept_apart"):
    """Two people who must not share a group: associates, or accused together.

    Read by those who entered it alone; planning shows it only as "Not offered here".
    """

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    other_id: ForeignKey[Person] = refers_to(Person)
    until_on = day(Privacy.OTHERS, null=True)
    made_at = instant(Privacy.RECORD)
    withdrawn_at = instant(Privacy.RECORD, null=True)
    two_people = rule("person_id <> other_id")


class BusyTime(Table, db=WORK, tablename="busy_time"):
    """A weekly time at which somebody cannot come, in London: work, school runs, another course."""

    id = key()
    person_id: ForeignKey[Person] = refers_to(Person)
    weekday = number(Privacy.HIS)
    from_time = text(Privacy.HIS)
    until_time = text(Privacy.HIS)
    made_at = instant(Privacy.RECORD)
    withdrawn_at = instant(Privacy.RECORD, null=True)
    known_weekday = rule("weekday BETWEEN 0 AND 6")
    in_order = rule("until_time > from_time")
