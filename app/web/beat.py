"""Refusals go out on a beat, so that how long one took says nothing of why.

Row security looks at whose a record is only where there is a record: what is hidden takes most of a
millisecond longer to refuse than what is not there, whichever page asks.
"""

import asyncio
import math
from typing import Any

from litestar import Request

ON_THE_BEAT = "on_the_beat"


def answer_on_the_beat(request: Request[Any, Any, Any]) -> None:
    """For a search that found nobody, which is a refusal though its status is 200."""
    request.scope["state"][ON_THE_BEAT] = True


async def wait_for_the_beat(began: float, beat: float) -> None:
    """Until a whole number of beats, in seconds, after `began` by the loop's own time."""
    loop = asyncio.get_running_loop()
    if beat > 0:
        beats = math.ceil((loop.time() - began) / beat)
        await asyncio.sleep(began + beats * beat - loop.time())
