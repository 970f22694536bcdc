"""Sound workbooks with something broken at random, the same each time for the same number."""

import io
import random
import re
import zipfile

from tests.made_workbooks import archive

VALUES = (
    *(b"", b"0", b"-1", b"999999999999999999999", b"1e308", b"NaN", b"=1+1", b"&lt;", b"_x0000_"),
    *(b"\xe2\x80\xae", b"2018-02-31", b"x" * 5000, b"R0001", b"Safe contact", b"inlineStr"),
    *(b"Cohorts", b"XFD1048576", b"attended", b"s", b"e"),
)
MARKUP = (
    *(b"\x00", b"\xff\xfe", b"&#0;", b"&a;", b"<f>1</f>", b"<c/>", b"</row>", b"<row>", b"<!--"),
    *(b"<![CDATA[", b"<!DOCTYPE x [<!ENTITY a 'b'>]>"),
)
VALUE = re.compile(rb">[^<>]+<|\"[^\"<>]*\"")


def mutated(content: bytes, number: int) -> bytes:
    """The book with one to four breakages: of its bytes, of a part's bytes, or of its tokens."""
    chance = random.Random(number)
    if chance.random() < 0.15:
        return _broken(content, chance)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        parts: dict[str, str | bytes | None] = {n: opened.read(n) for n in opened.namelist()}
    for _ in range(chance.randint(1, 4)):
        name = chance.choice([name for name in parts for _ in range(9 if "sheet" in name else 1)])
        how = chance.choice((_broken, *[_replaced] * 9))
        part = parts[name]
        parts[name] = how(part, chance) if isinstance(part, bytes) and part else None
    return archive(parts)


def _broken(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    size = chance.choice((1, 1, 2, 8, 64, 1000))
    match chance.randrange(4):
        case 0:
            return content[:at] + chance.randbytes(size) + content[at + size :]
        case 1:
            return content[:at] + content[at + size :]
        case 2:
            return content[:at] + content[at : at + size] * 2 + content[at + size :]
        case _:
            return content[:at]


def _replaced(content: bytes, chance: random.Random) -> bytes:
    """One text or attribute made another: of the same part, a value of ours, or markup."""
    found = list(VALUE.finditer(content))
    if not found:
        return _broken(content, chance)
    token = chance.choice(found)
    if chance.random() < 0.1:
        other = chance.choice(MARKUP)
    else:
        other = chance.choice([chance.choice(VALUES), chance.choice(found)[0][1:-1]])
    return content[: token.start() + 1] + other + content[token.end() - 1 :]
