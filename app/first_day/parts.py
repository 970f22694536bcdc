"""What a first-day page is made of, and the words that a newcomer meets."""

from msgspec import Struct

from programmes.common.db import Side
from programmes.common.staff import Role


class Doing(Struct, frozen=True):
    """One thing that is done in a week, and the page where it is done."""

    text: str
    href: str
    how: str


class Word(Struct, frozen=True):
    word: str
    means: str


class FirstDay(Struct, frozen=True, kw_only=True):
    does: str
    week: tuple[Doing, ...]
    words: tuple[Word, ...]
    not_told: tuple[str, ...]
    ask: tuple[str, ...]


FirstDays = dict[tuple[Role, Side], FirstDay]

_MEANINGS = {
    "Referral": "Somebody asks for a place on a programme for a person who causes harm.",
    "Suitability": "The decision whether a programme is right for this person, with its reasons.",
    "Unmet need": "People who asked and could not be offered anything, and why.",
    "Group": "The people who go through a programme together, and their sessions.",
    "Place": "One person's seat in a group, from the day it is offered until it ends.",
    "Register": "The list of one session, with a mark for everybody who should be there.",
    "Signed off": "A register that is finished. Only a correction, agreed by a second person, "
    "changes it.",
    "Catch-up": "A later session that makes good one that was missed.",
    "Absence": "A missed session. Who runs the group says that it happened. The case owner "
    "says whether the reason was acceptable.",
    "Drop-out": "Somebody stops coming before the end. It is a time of more danger, not less.",
    "Contact": "A call, a visit or a message with whoever referred, written down.",
    "Order": "Any paper of a court or the police that says what a person may not do, or must do.",
    "Condition": "One rule in an order or in bail: no contact, a place to keep away from, a "
    "programme to attend.",
    "Bail": "Rules that hold before a charge or a court date. Breaking them can mean arrest.",
    "Clock": "A deadline set by law, shown as the time that is left.",
    "Breach": "An order or bail was broken, or somebody says so. “Alleged” stays alleged until "
    "a court finds it proved.",
    "DVPO": "Domestic violence protection order: 14 to 28 days, made by a court.",
    "IOM": "Integrated offender management: police and probation working on the same people.",
    "Conditional caution": "A person admits what they did and keeps conditions by a date, or is "
    "charged after all.",
    "Pair": "Workshops A and B of CARA. They are done in that order; whoever misses one does "
    "both again.",
    "Statement": "A paper that says who attended what, fit for a court, made from signed-off "
    "registers.",
    "Safety notice": "Something that staff must do, in fixed words. It never says who asked for "
    "it or why.",
    "Release": "A published report. Its figures are frozen and never change.",
    "[c] in a table": "The number is withheld so that nobody can be recognised. It may be any "
    "small number, or none.",
    "Audit": "The list of who opened, changed or was refused what, and when.",
    "Outbox": "Messages that the service sends: which have gone, and which wait.",
    "Token": "A key for another computer system, in the name of one account.",
    "Survivor": "The person who was harmed. Their record is in a database of its own.",
    "Link": "The tie from a survivor to the person who harmed them. It exists on this side alone.",
    "Safe contact": "How, when and on which phone somebody can be called without danger.",
    "Check-in": "A short call that asks how safe they and the children are.",
    "Head start": "The time in which you tell them, before any letter goes to him.",
    "MARAC": "The meeting about people at high risk of serious harm.",
    "Access request": "Somebody asks for everything that is held about them.",
    "Clearance": "You read such an answer before it goes out, so that nothing in it leads to "
    "anybody.",
}


def words(*wanted: str) -> tuple[Word, ...]:
    return tuple(Word(word, _MEANINGS[word]) for word in wanted)


SIGN_IN_TROUBLE = "About your sign-in, your code or what you may open: the administrator."
IN_DANGER = "If somebody is in danger now: ring 999. Do not wait for a record."
NOTHING_ELSE = (
    "Anything about the people who were harmed. None of it is kept on this side, and a page that "
    "says nothing means nothing, either way."
)
NOT_SAFER = (
    "Whether anybody is safer. Attendance does not show that risk has fallen, and a referral is "
    "no reason to stop monitoring."
)
NOT_YOURS = (
    "Records that are not yours. They look exactly like records that do not exist; ask for cover "
    "if you need one."
)
