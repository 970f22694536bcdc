"""Plainly invented names for the people of earlier years, no two of them alike."""

from typing import Final

_STARTS: Final = [
    "Alder",
    "Amber",
    "Bracken",
    "Bramble",
    "Cloud",
    "Copper",
    "Cotton",
    "Dapple",
    "Elder",
    "Ember",
    "Fallow",
    "Fern",
    "Flint",
    "Gorse",
    "Hazel",
    "Heather",
    "Juniper",
    "Lark",
    "Linnet",
    "Marl",
    "Moss",
    "Nettle",
    "Otter",
    "Pebble",
    "Plover",
    "Quill",
    "Rowan",
    "Sedge",
    "Sorrel",
    "Teasel",
    "Thistle",
    "Willow",
]
_ENDS: Final = [
    "acre",
    "bank",
    "beck",
    "berry",
    "brook",
    "combe",
    "dale",
    "field",
    "gate",
    "hurst",
    "lock",
    "mere",
    "mond",
    "ridge",
    "shaw",
    "stow",
    "thorpe",
    "wick",
]
_MEN: Final = [
    "Abel",
    "Adil",
    "Barnaby",
    "Bertil",
    "Cosmo",
    "Declan",
    "Désiré",
    "Edwin",
    "Emre",
    "Faisal",
    "Gethin",
    "Hamza",
    "Ivo",
    "Jacek",
    "Jomo",
    "Kofi",
    "Lorcan",
    "Luan",
    "Magnus",
    "Malik",
    "Matthias",
    "Ned",
    "Obi",
    "Osian",
    "Pádraig",
    "Quentin",
    "Rafael",
    "Rhodri",
    "Sanjay",
    "Søren",
    "Tadeusz",
    "Tobias",
    "Umar",
    "Viktor",
    "Wilf",
    "Xavi",
    "Yiannis",
    "Zain",
]
_WOMEN: Final = [
    "Abiola",
    "Bronwen",
    "Clemence",
    "Dagmar",
    "Esme",
    "Farida",
    "Greta",
    "Hanne",
    "Ingrid",
    "Joyce",
    "Kalina",
    "Leonie",
    "Maeve",
    "Nesta",
    "Odile",
    "Petra",
    "Rhiannon",
    "Saoirse",
    "Thea",
    "Ursula",
    "Wilma",
    "Yasmin",
    "Zofia",
]
_FROM_ELSEWHERE: Final = [
    "Ćwiklak",
    "Øverlund",
    "Papadimitriou-Quill",
    "Ó-Maolfhábhail",
    "Ngwenyama",
    "Vâlceanu-Moss",
    "Zamoyska-Fern",
    "Al-Bustani",
    "Subramaniam-Lark",
    "Çiçekli",
]
_EVERY_SO_MANY: Final = 9


def last_name(number: int) -> str:
    """Different for each of the first five hundred."""
    if number % _EVERY_SO_MANY == _EVERY_SO_MANY - 1:
        turn = number // _EVERY_SO_MANY
        return _FROM_ELSEWHERE[turn % len(_FROM_ELSEWHERE)]
    start = _STARTS[number % len(_STARTS)]
    return start + _ENDS[(number // len(_STARTS) + number) % len(_ENDS)]


def man(number: int) -> str:
    return _MEN[(number * 7 + number // len(_MEN)) % len(_MEN)]


def woman(number: int) -> str:
    return _WOMEN[(number * 5 + number // len(_WOMEN)) % len(_WOMEN)]
