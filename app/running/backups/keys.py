"""Which key closes a side's backups, and the keys of the home that a restore cannot do without."""

import base64
from pathlib import Path

import msgspec

from app.running.backups.sealed_file import KeyPair, new_key_pair
from app.safekeeping.private_files import write_private
from app.settings import Settings
from programmes.common.db import Side
from programmes.common.errors import Refused


def recipient_path(home: Path, side: Side) -> Path:
    return home / "backups" / f"{side}.recipient"


def identity_path(home: Path, side: Side) -> Path:
    """Only in a demonstration: in production the identity is on paper, away from the machine."""
    return home / "secrets" / side / "backup.identity"


def new_backup_key(home: Path, side: Side) -> KeyPair:
    """The home keeps the recipient alone; the caller hands the identity over, once."""
    pair = new_key_pair()
    write_private(recipient_path(home, side), pair.recipient.encode() + b"\n")
    return pair


def recipient_for(settings: Settings, side: Side) -> str:
    """Raises Refused in production where no key was made yet; a demonstration makes its own."""
    path = recipient_path(settings.home, side)
    if path.exists():
        return path.read_text().strip()
    if not settings.is_demo:
        raise Refused(f"The {side} side has no backup key. Run: python3 run.py backup --new-key")
    pair = new_backup_key(settings.home, side)
    write_private(identity_path(settings.home, side), pair.identity.encode() + b"\n")
    return pair.recipient


def identities(home: Path, sides: tuple[Side, ...], files: list[Path]) -> list[str]:
    """What was given, or else what a demonstration keeps. Raises Refused where there is none."""
    places = files or [identity_path(home, side) for side in sides]
    found = [_identity_in(path) for path in places if path.is_file()]
    if len(found) < len(files) or not found:
        raise Refused("Give the key that opens the backup: --identity FILE (AGE-SECRET-KEY-1…).")
    return found


def _identity_in(path: Path) -> str:
    """Any bytes: whether they are a key is seen where it is used, and told in words."""
    return path.read_text(errors="replace")


def packed_home_keys(home: Path, side: Side) -> bytes:
    """The keys of sealed values. Passwords of logins are not among them: a new home has its own."""
    directory = home / "secrets" / side
    keys = {path.name: base64.b64encode(path.read_bytes()) for path in directory.glob("*.key")}
    return msgspec.json.encode({name: text.decode() for name, text in sorted(keys.items())})


def unpack_home_keys(home: Path, side: Side, packed: bytes) -> None:
    """Raises Refused where the home holds another key of the same name already."""
    keys = {
        name: base64.b64decode(text)
        for name, text in msgspec.json.decode(packed, type=dict[str, str]).items()
    }
    for name, key in keys.items():
        path = home / "secrets" / side / Path(name).name
        if path.exists() and path.read_bytes() != key:
            raise Refused(f"{path} is another key than the backup's. Restore into a new home.")
    for name, key in keys.items():
        write_private(home / "secrets" / side / Path(name).name, key)
