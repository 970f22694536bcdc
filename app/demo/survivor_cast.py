"""Who was harmed, in the demonstration: all invented, and what each said when asked."""

from typing import Final

from msgspec import Struct

from outcomes.survivors.words import ConsentKind, Timepoint

NOOR: Final = "survivor.worker@waymark.example"
ELLIS: Final = "survivor.worker.two@waymark.example"
Consents = tuple[tuple[ConsentKind, bool], ...]
ALL: Final[Consents] = tuple((kind, True) for kind in ConsentKind)
TO_CONTACT: Final[Consents] = ((ConsentKind.CONTACT, True), (ConsentKind.SUPPORT, True))
REFUSED: Final[Consents] = ((ConsentKind.CONTACT, False),)
_S, _M, _E = Timepoint.START, Timepoint.MIDDLE, Timepoint.END


class Harmed(Struct, frozen=True, kw_only=True):
    """`check_ins` are six themes, then five kinds of abuse, one digit each; - is no answer.

    `ago` is how many days since she was linked, `reviewed` since her safe contact was.
    """

    worker: str
    by: str
    name: str
    relationship: str = "former partner"
    ago: int
    reviewed: int | None = 10
    consents: Consents = ALL
    check_ins: tuple[tuple[Timepoint, int, str], ...] = ()
    words: str = ""
    number: str = "07700 900100"
    has_hours: bool = True


SURVIVORS: Final = (
    Harmed(
        worker=NOOR,
        by="done-1",
        name="Beatrix Holloway",
        ago=255,
        number="07700 900101",
        check_ins=(
            (_S, 250, "212123 32424"),
            (_M, 180, "323224 21313"),
            (_E, 110, "434345 10202"),
        ),
        words="I answer the door again. I still count the steps when he brings them back.",
    ),
    Harmed(
        worker=NOOR,
        by="now-1",
        name="Oonagh Featherby",
        relationship="partner",
        ago=100,
        number="07700 900102",
        check_ins=((_S, 96, "221-13 20311"),),
        has_hours=False,
    ),
    Harmed(
        worker=NOOR,
        by="now-4",
        name="Jadwiga Zielińska",
        ago=98,
        reviewed=120,
        number="07700 900103",
        check_ins=((_S, 95, "112212 31422"),),
    ),
    Harmed(
        worker=NOOR,
        by="next-1",
        name="Philippa Stott",
        ago=21,
        number="07700 900104",
        has_hours=False,
    ),
    Harmed(
        worker=NOOR,
        by="order-dvpo",
        name="Marguerite Ellershaw",
        relationship="wife",
        ago=34,
        number="07700 900105",
        consents=TO_CONTACT,
    ),
    Harmed(worker=NOOR, by="wait-3", name="Rosalind Kitson", ago=60, consents=REFUSED),
    Harmed(
        worker=NOOR,
        by="now-2",
        name="Shirin Begum-Lockwood",
        ago=90,
        number="07700 900106",
        check_ins=((_S, 88, "233223 11301"),),
    ),
    Harmed(
        worker=ELLIS,
        by="now-1",
        name="Dorothy Armitage",
        relationship="mother",
        ago=70,
        number="01632 960107",
        check_ins=((_S, 66, "322--- 10102"),),
    ),
    Harmed(
        worker=ELLIS,
        by="done-2",
        name="Nasreen Akhtar-Cole",
        ago=250,
        check_ins=((_S, 245, "122223 42413"), (_E, 108, "343334 11102")),
        words="He asks now before he decides. It is early days.",
    ),
    Harmed(
        worker=ELLIS,
        by="done-3",
        name="Agnieszka Lewandowska",
        ago=248,
        check_ins=((_S, 240, "322333 21210"), (_E, 105, "211232 31320")),
    ),
    Harmed(
        worker=ELLIS,
        by="done-5",
        name="Megan Prydderch",
        ago=246,
        check_ins=((_S, 240, "232332 20200"), (_E, 104, "333333 10100")),
    ),
    Harmed(worker=ELLIS, by="done-6", name="Adaeze Nnamani", ago=246, reviewed=None),
    Harmed(
        worker=ELLIS,
        by="done-7",
        name="Siobhan Gallagher-Reed",
        ago=245,
        check_ins=((_S, 238, "111212 41433"),),
    ),
    Harmed(
        worker=ELLIS,
        by="done-9",
        name="Kirsty Dunwoody",
        ago=244,
        check_ins=((_S, 236, "222121 32322"), (_E, 103, "433244 10111")),
    ),
    Harmed(worker=ELLIS, by="now-6", name="Hodan Warsame", ago=95, consents=()),
    Harmed(
        worker=ELLIS,
        by="pair-done-1",
        name="Gemma Whitwell",
        ago=60,
        check_ins=((_S, 58, "334--- 10100"),),
    ),
)
