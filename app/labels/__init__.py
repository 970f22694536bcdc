"""What every status is called on a page, and its tag. One module here for each noun.

describe(ReferralStatus, {ReferralStatus.RECEIVED: Tag("Received", "blue"), …})
"""

import importlib
import pkgutil
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import TypeVar

from app.web.components import Tag

Kind = TypeVar("Kind", bound=StrEnum)

_tag_by_kind: dict[type[StrEnum], Mapping[StrEnum, Tag]] = {}


def describe(kind: type[Kind], tags: Mapping[Kind, Tag]) -> None:
    """Raises ValueError where a member has no words, two share them, or the kind has been told."""
    missing = [member.name for member in kind if member not in tags]
    if missing:
        raise ValueError(f"{kind.__name__} has no words for {', '.join(missing)}")
    if len({tag.text for tag in tags.values()}) < len(tags):
        raise ValueError(f"{kind.__name__} calls two members the same")
    if kind in _tag_by_kind:
        raise ValueError(f"{kind.__name__} is described twice")
    _tag_by_kind[kind] = {member: tags[member] for member in kind}


def tag(member: StrEnum) -> Tag:
    """The member's words and colour. Raises KeyError for a kind that no module here describes."""
    return described_kinds()[type(member)][member]


def label(member: StrEnum) -> str:
    return tag(member).text


def described_kinds() -> Mapping[type[StrEnum], Mapping[StrEnum, Tag]]:
    _load_every_noun()
    return _tag_by_kind


@cache
def _load_every_noun() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
