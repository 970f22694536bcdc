"""What seals a backup: opened by its key alone, and never after a change."""

import random
from io import BytesIO

import pytest

from app.running.backups.bech32 import bech32_decode, bech32_encode
from app.running.backups.sealed_file import CHUNK, new_key_pair, opened, seal_to
from programmes.common.errors import Refused

KEYS = new_key_pair()
PUBLISHED_IDENTITY = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
PUBLISHED_RECIPIENT = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"


def sealed(content: bytes) -> bytes:
    out = BytesIO()
    seal_to(KEYS.recipient, [content], out)
    return out.getvalue()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_what_was_sealed_is_opened_whole(size: int) -> None:
    content = random.Random(size).randbytes(size)
    assert b"".join(opened(KEYS.identity, BytesIO(sealed(content)))) == content


def test_any_flipped_byte_and_any_cut_is_refused() -> None:
    whole, source = sealed(random.Random(1).randbytes(2 * CHUNK + 9)), random.Random(2)
    places = [0, 25, 40, 100, 170, len(whole) - 1, *source.sample(range(len(whole)), 40)]
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1 << source.randrange(8)
        with pytest.raises(Refused):
            list(opened(KEYS.identity, BytesIO(bytes(changed))))
    for length in (0, 10, 190, CHUNK, 200 + CHUNK + 16, len(whole) - 1):
        with pytest.raises(Refused):
            list(opened(KEYS.identity, BytesIO(whole[:length])))
    with pytest.raises(Refused):
        list(opened(KEYS.identity, BytesIO(whole + b"x")))


def test_another_key_is_refused() -> None:
    with pytest.raises(Refused, match="does not open"):
        list(opened(new_key_pair().identity, BytesIO(sealed(b"x"))))
    with pytest.raises(Refused, match="not a key"):
        list(opened(KEYS.identity[:-1] + "Q", BytesIO(sealed(b"x"))))


def test_the_keys_are_those_of_the_published_format() -> None:
    """A pair of age's own test vectors."""
    for identity in (PUBLISHED_IDENTITY, f"# created: today\n{PUBLISHED_IDENTITY}\n"):
        seal_to(PUBLISHED_RECIPIENT, [b"x"], out := BytesIO())
        assert list(opened(identity, BytesIO(out.getvalue()))) == [b"x"]


def test_a_mistyped_key_is_noticed() -> None:
    text = bech32_encode("age", bytes(range(32)))
    assert bech32_decode("age", text) == bytes(range(32))
    for place in range(4, len(text)):
        wrong = text[:place] + ("q" if text[place] != "q" else "p") + text[place + 1 :]
        with pytest.raises(ValueError, match=r"wrong|end"):
            bech32_decode("age", wrong)
