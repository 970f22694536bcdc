"""One module a command. What they share: how a refusal is told, and how a document is printed."""

import json
import sys
from collections.abc import Iterable
from typing import Final

DONE: Final = 0
REFUSED: Final = 1
BAD_USAGE: Final = 2


def say_no(reasons: Iterable[str], code: int, *, as_json: bool) -> int:
    """Each reason on standard error and, where JSON was asked for, all as the one document."""
    reasons = list(reasons)
    for reason in reasons:
        print(reason, file=sys.stderr)
    if as_json:
        print(json.dumps({"refused": reasons}))
    return code
