"""The log: one JSON object a line, of what was answered and what failed; never of whom or what.

No bodies, cookies, addresses, names or query strings; a path appears as its pattern. Of an error it
tells the kind and the places in the code: an error's own words may quote a row.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

REQUESTS = "waymark.requests"
_MOST_FRAMES = 12
_LONGEST_EVENT = 200


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": _event(record),
        }
        told |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1] is not None:
            told |= _of_error(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False)


def _event(record: logging.LogRecord) -> str:
    """The message's own pattern, not what was filled into it: that may be a path or a value."""
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    return record.msg.partition("\n")[0][:_LONGEST_EVENT]


def _of_error(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
    return {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "where": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


def log_as_json(*, requests: bool) -> None:
    """For every logger of the process, on standard error; once, when the service begins."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    logging.getLogger(REQUESTS).setLevel(logging.INFO if requests else logging.WARNING)
    logging.getLogger("waymark").setLevel(logging.INFO)


def tell(event: str, **facts: Any) -> None:
    logging.getLogger("waymark").info(event, extra={"facts": facts})
