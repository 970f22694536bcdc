"""Keys as people copy them: Bech32 (BIP 173), which notices a mistyped letter."""

from collections.abc import Iterable

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK_LETTERS = 6


def bech32_encode(kind: str, data: bytes) -> str:
    values = _regroup(data, 8, 5, pad=True)
    check = _polymod([*_expanded(kind), *values, *[0] * _CHECK_LETTERS]) ^ 1
    letters = values + [(check >> 5 * (5 - place)) & 31 for place in range(_CHECK_LETTERS)]
    return f"{kind}1{''.join(_LETTERS[value] for value in letters)}"


def bech32_decode(kind: str, text: str) -> bytes:
    """Raises ValueError for another kind, a mistyped letter or anything that is not Bech32."""
    found, _, letters = text.strip().rpartition("1")
    if found != kind or len(letters) < _CHECK_LETTERS:
        raise ValueError(f"This is not a key of the kind {kind}.")
    values = [_LETTERS.index(letter) for letter in letters]
    if _polymod([*_expanded(kind), *values]) != 1:
        raise ValueError("A letter of this key is wrong or missing.")
    return bytes(_regroup(values[:-_CHECK_LETTERS], 5, 8, pad=False))


def _expanded(kind: str) -> list[int]:
    return [ord(letter) >> 5 for letter in kind] + [0] + [ord(letter) & 31 for letter in kind]


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            check ^= generator if top >> place & 1 else 0
    return check


def _regroup(data: Iterable[int], had: int, wanted: int, *, pad: bool) -> list[int]:
    held = bits = 0
    out: list[int] = []
    for value in data:
        held = held << had | value
        bits += had
        while bits >= wanted:
            bits -= wanted
            out.append(held >> bits & ((1 << wanted) - 1))
    if pad and bits:
        out.append(held << (wanted - bits) & ((1 << wanted) - 1))
    elif not pad and (bits >= had or held << (wanted - bits) & ((1 << wanted) - 1)):
        raise ValueError("This key does not end as a key does.")
    return out
