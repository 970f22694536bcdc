"""The limited process that reads one hostile file: bytes come in, plain rows or reasons go out.

It is started with an empty environment, so it holds no password, and puts limits on itself
before it looks at the file. What it cannot read within them is refused; nothing in it is run.
"""

import resource
import sys
import warnings
from typing import Final

import msgspec

from programmes.common.workbooks.book import book_in
from programmes.common.workbooks.words import (
    MOST_BYTES,
    MOST_BYTES_ANSWERED,
    BookRefused,
    ChildAnswer,
    refusal,
)

MOST_MEMORY: Final = 512 * 2**20
MOST_CPU_SECONDS: Final = 18
_LARGEST_WRITTEN_FILE: Final = 4 * 2**20
_MOST_OPEN_FILES: Final = 64

_TOO_LARGE: Final = "The workbook is larger than is read here. Split it, for example by year."
_ENTITIES: Final = (
    "The workbook holds XML entities, which no spreadsheet program writes. Copy the sheets into a "
    "new workbook and save that."
)
_DAMAGED: Final = (
    "The workbook is damaged, or was not written by a spreadsheet program. Open it, save it as "
    "“Excel Workbook (.xlsx)” and try again."
)


def answer_for(content: bytes) -> ChildAnswer:
    """The book in these bytes, or the reasons why it is refused."""
    try:
        if len(content) > MOST_BYTES:
            raise refusal(_TOO_LARGE)
        return ChildAnswer(book=book_in(content))
    except BookRefused as refused:
        return ChildAnswer(errors=refused.errors)
    except MemoryError:
        return ChildAnswer(errors=refusal(_TOO_LARGE).errors)
    except Exception as problem:
        # zipfile, expat and openpyxl raise a dozen kinds of error over a damaged file. What they
        # say may quote its contents, so one plain sentence answers for all.
        return ChildAnswer(errors=refusal(_reason(problem)).errors)


def _reason(problem: Exception) -> str:
    from defusedxml import DefusedXmlException

    return _ENTITIES if isinstance(problem, DefusedXmlException) else _DAMAGED


def _limit_this_process() -> None:
    """Memory, processor time, files written and opened; the parent limits the wall time."""
    for limit, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, _LARGEST_WRITTEN_FILE),
        (resource.RLIMIT_NOFILE, _MOST_OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (least, least))


def _leave_out_heavy_packages() -> None:
    """openpyxl loads these if it can, for drawings and arrays that are not read here."""
    for name in ("numpy", "PIL", "lxml"):
        sys.modules[name] = None  # type: ignore[assignment]


def _encoded(answer: ChildAnswer) -> bytes:
    encoded = msgspec.msgpack.encode(answer)
    if len(encoded) > MOST_BYTES_ANSWERED:
        encoded = msgspec.msgpack.encode(ChildAnswer(errors=refusal(_TOO_LARGE).errors))
    return encoded


def main() -> None:
    _limit_this_process()
    _leave_out_heavy_packages()
    warnings.simplefilter("ignore")
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    sys.stdout.buffer.write(_encoded(answer_for(content)))


if __name__ == "__main__":
    main()
