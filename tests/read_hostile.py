"""Reads every file of a folder as a programme book, and says how long and how large that was.

Run as a process of its own, so that what is measured is the reading and not the tests.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from programmes.common.workbooks.words import BookRefused
from scheduling.workbooks.reading import read_programme_book
from scheduling.workbooks.words import ProgrammeBook


def reading(path: Path) -> dict[str, object]:
    begun = time.perf_counter()
    rows, messages = None, None
    try:
        rows = rows_of(read_programme_book(path))
    except BookRefused as refused:
        messages = [error.message for error in refused.errors]
    return {"seconds": time.perf_counter() - begun, "rows": rows, "messages": messages}


def rows_of(book: ProgrammeBook) -> int:
    sheets = (book.referrals, book.children, book.cohorts)
    return sum(map(len, (*sheets, book.attendance, book.orders, book.breaches)))


def largest_megabytes() -> float:
    """The largest that this process has been; `getrusage` would count its parent's size too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main(folder: Path) -> None:
    paths = sorted(folder.iterdir())
    before = largest_megabytes()
    with ThreadPoolExecutor(2) as both:
        readings = dict(zip((path.name for path in paths), both.map(reading, paths), strict=True))
    grown = largest_megabytes() - before
    sys.stdout.write(json.dumps({"grown": grown, "readings": readings}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
