"""Whether a file is a plain .xlsx archive that is safe to unpack; nothing is unpacked to find out.

An .xlsx is a zip of XML parts. Every check reads the directory of the zip alone, so that a bomb
is refused before it is set off; `zipfile` never unpacks more of a part than its directory says.
"""

import io
import re
from itertools import pairwise
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from programmes.common.workbooks.words import (
    MOST_BYTES_UNPACKED,
    MOST_PARTS,
    BookRefused,
    refusal,
)

_SAVE_AGAIN: Final = "Open it in the spreadsheet program and save it as “Excel Workbook (.xlsx)”."
_OLD_FORMAT: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_PART_NAME: Final = re.compile(r"[A-Za-z0-9_.\[\] ()+%{}-]+(/[A-Za-z0-9_.\[\] ()+%{}-]+)*")
_ARCHIVE_NAME: Final = re.compile(
    r"\.(zip|xls[xmb]?|xlt[xm]?|doc[xm]?|ppt[xm]?|od[st]|jar|7z|rar|gz|bz2|xz|tar|exe|dll)$", re.I
)
_ARCHIVE_STARTS: Final = (b"PK\x03\x04", _OLD_FORMAT, b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"MZ")
_LARGEST_RATIO: Final = 100
_RATIO_MATTERS_FROM: Final = 8 * 2**20
_LOCAL_HEADER_BYTES: Final = 30
_READ_WHOLE: Final = re.compile(r"\[content_types\]\.xml|.*\.rels|xl/(workbook|styles)\.xml", re.I)
_MOST_BYTES_READ_WHOLE: Final = 4 * 2**20

_REFUSED_PARTS: Final = (
    (r"xl/(vba|macrosheets/|dialogsheets/)", "macros (programs)"),
    (r"xl/externallinks/", "links to other workbooks"),
    (r"xl/(embeddings|activex|ctrlprops)/", "embedded files or controls"),
    (r"xl/(connections|querytables)|xl/model/", "connections to outside data"),
)
_OTHER_KINDS: Final = (
    ("xl/workbook.bin", "a binary workbook (.xlsb)"),
    ("content.xml", "an OpenDocument file"),
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
)


def opened_archive(content: bytes) -> ZipFile:
    """The book's archive, once every check on it has passed. Raises BookRefused."""
    _check_is_a_zip(content)
    try:
        archive = ZipFile(io.BytesIO(content))
    except (BadZipFile, ValueError, OSError, EOFError) as problem:
        raise refusal(f"The file is damaged or cut short. {_SAVE_AGAIN}") from problem
    parts = archive.infolist()
    _check_amounts(parts, len(content))
    _check_names(parts)
    _check_kind(parts)
    _check_nothing_nested(archive)
    return archive


def _check_is_a_zip(content: bytes) -> None:
    if not content:
        raise refusal("The file is empty.")
    if content.startswith(_OLD_FORMAT):
        raise _refusal_of_old_format(content)
    if not content.startswith(b"PK\x03\x04"):
        raise refusal(f"The file is not an Excel workbook (.xlsx). {_SAVE_AGAIN}")


def _refusal_of_old_format(content: bytes) -> BookRefused:
    if _ENCRYPTED in content:
        return refusal(
            "The workbook is protected by a password. Open it, take the password off "
            "(File, Info, Protect Workbook), save it and try again."
        )
    return refusal(
        f"The file is an old Excel workbook (.xls), whatever its name says. {_SAVE_AGAIN}"
    )


def _check_amounts(parts: list[ZipInfo], size: int) -> None:
    if len(parts) > MOST_PARTS:
        raise refusal(
            f"The file holds {len(parts):,} parts; a workbook here may have {MOST_PARTS:,}. "
            f"{_SAVE_AGAIN}"
        )
    unpacked = sum(part.file_size for part in parts)
    too_dense = unpacked > _RATIO_MATTERS_FROM and unpacked > _LARGEST_RATIO * size
    if unpacked > MOST_BYTES_UNPACKED or too_dense:
        raise refusal(
            f"The file of {size / 1e6:.2f} MB would unpack to {unpacked / 1e6:,.0f} MB, which is "
            f"more than is read (at most {MOST_BYTES_UNPACKED / 1e6:.0f} MB, and "
            f"{_LARGEST_RATIO} to 1). Copy the rows that matter into a new workbook."
        )
    if any(
        part.file_size > _MOST_BYTES_READ_WHOLE and _READ_WHOLE.fullmatch(part.filename)
        for part in parts
    ):
        raise refusal(f"The lists and styles of the workbook are too large. {_SAVE_AGAIN}")
    if _any_overlap(parts, size):
        raise refusal(f"The parts of the file lie over one another. {_SAVE_AGAIN}")


def _any_overlap(parts: list[ZipInfo], size: int) -> bool:
    starts = [*sorted(part.header_offset for part in parts), size]
    following = dict(pairwise(starts))
    return len(following) < len(parts) or any(
        part.header_offset + _LOCAL_HEADER_BYTES + part.compress_size
        > following[part.header_offset]
        for part in parts
    )


def _check_names(parts: list[ZipInfo]) -> None:
    seen: set[str] = set()
    for part in parts:
        # ZipInfo cuts a name at NUL; what was written in the file is `orig_filename`.
        if not _is_plain_name(part.orig_filename):
            raise refusal(f"The file holds a part with an unsafe name. {_SAVE_AGAIN}")
        if part.filename.casefold() in seen:
            raise refusal(f"The file holds two parts of the same name. {_SAVE_AGAIN}")
        seen.add(part.filename.casefold())
        if part.flag_bits & 0x1:
            raise refusal("A part of the file is encrypted. Take the password off and save it.")
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise refusal(f"The file is packed in an unusual way. {_SAVE_AGAIN}")


def _is_plain_name(name: str) -> bool:
    folders = name.removesuffix("/").split("/")
    plain = _PART_NAME.fullmatch(name.removesuffix("/")) is not None
    return plain and len(name) <= 200 and not any(set(folder) <= {"."} for folder in folders)


def _check_kind(parts: list[ZipInfo]) -> None:
    names = {part.filename.casefold() for part in parts}
    for name, kind in _OTHER_KINDS:
        if name in names:
            raise refusal(f"The file is {kind}. {_SAVE_AGAIN}")
    for pattern, what in _REFUSED_PARTS:
        if any(re.match(pattern, name) for name in names):
            raise refusal(
                f"The workbook holds {what}, which are not read here. Copy the sheets into a new "
                "workbook, as values, and save that as .xlsx."
            )
    if "[content_types].xml" not in names:
        raise refusal(f"The file is a zip archive but not an Excel workbook. {_SAVE_AGAIN}")


def _check_nothing_nested(archive: ZipFile) -> None:
    for part in archive.infolist():
        if _ARCHIVE_NAME.search(part.filename) or _start_of(archive, part) in _ARCHIVE_STARTS:
            raise refusal(f"The workbook holds another file inside it. {_SAVE_AGAIN}")


def _start_of(archive: ZipFile, part: ZipInfo) -> bytes | None:
    with archive.open(part) as stream:
        start = stream.read(8)
    return next((known for known in _ARCHIVE_STARTS if start.startswith(known)), None)
