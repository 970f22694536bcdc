"""The audit's last verified place, kept outside the database so that a cut chain is noticed.

Within the chain nothing tells that its end was taken away. An anchor in the home does; whoever
wants it out of reach of this machine copies the file to another (it holds no facts about anybody).
"""

import os
from pathlib import Path

import msgspec

from programmes.common.audit_chain_queries import (
    ChainFault,
    ChainHead,
    chain_faults,
    chain_head,
    hash_at,
)
from programmes.common.db import Side
from programmes.common.errors import Refused
from programmes.common.staff import Actor


class Verdict(msgspec.Struct, frozen=True):
    """One side's audit: how far it goes, and every place where it does not hold."""

    entries: int
    faults: tuple[ChainFault, ...]


def anchor_path(home: Path, side: Side) -> Path:
    return home / "anchors" / f"{side}.json"


def read_anchor(home: Path, side: Side) -> ChainHead | None:
    """The last verified place; None before the first verification. Raises Refused if spoilt."""
    path = anchor_path(home, side)
    if not path.exists():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=ChainHead)
    except msgspec.DecodeError as problem:
        raise Refused(f"The anchor {path} cannot be read. Restore it from its copy.") from problem


def write_anchor(home: Path, side: Side, head: ChainHead) -> None:
    """Written beside its place and then renamed, so that it is never half there."""
    path = anchor_path(home, side)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(head) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


async def verify(home: Path, *, actor: Actor) -> Verdict:
    """The whole chain of the actor's side, against itself and its anchor, which then moves on."""
    anchor = read_anchor(home, actor.side)
    faults = await chain_faults(actor)
    head = await chain_head(actor)
    if anchor is not None:
        faults += await _faults_of_anchor(anchor, actor)
    if not faults and head.position:
        write_anchor(home, actor.side, head)
    return Verdict(head.position, tuple(faults))


async def _faults_of_anchor(anchor: ChainHead, actor: Actor) -> list[ChainFault]:
    found = await hash_at(anchor.position, actor=actor)
    if found is None:
        return [ChainFault(anchor.position, "the chain was cut off before this, its last anchor")]
    if found != anchor.hash:
        return [ChainFault(anchor.position, "the chain was made anew up to this, its last anchor")]
    return []
