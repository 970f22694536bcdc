"""Archives that somebody might hand in to do harm, each with words that its refusal must hold."""

import bz2
import gzip
import io
import random
import struct
import zipfile
from collections.abc import Callable
from typing import Final

from tests.made_workbooks import (
    KIND,
    MAIN,
    XML,
    archive,
    book_parts,
    relations,
    sound_book,
    xlsx,
)

Hostile = tuple[Callable[[], bytes], str]
REFERRALS: Final = "xl/worksheets/sheet1.xml"
OLD_FORMAT: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def with_part(name: str, content: str | bytes | None) -> bytes:
    return xlsx(sound_book(), {name: content})


def part_of(name: str) -> str:
    return str(book_parts(sound_book())[name])


def packed_with(method: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as opened:
        for name, content in book_parts(sound_book()).items():
            opened.writestr(name, content or "")
    return stream.getvalue()


def renamed_part(name: str) -> bytes:
    """A part whose name in the file is `name`, which zipfile would tidy up if it wrote it."""
    placeholder = "x" * len(name.encode())
    return with_part(placeholder, "x").replace(placeholder.encode(), name.encode())


def with_second_part(name: str) -> bytes:
    placeholder = "z" * len(name)
    return with_part(placeholder, "x").replace(placeholder.encode(), name.encode())


def bomb(megabytes: int) -> bytes:
    """`megabytes` of blanks in one sheet; 240 MB pack to about a thousandth."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in book_parts(sound_book()).items():
            if name != REFERRALS:
                opened.writestr(name, content or "")
        with opened.open(REFERRALS, "w") as part:
            part.write(f'{XML}<worksheet xmlns="{MAIN}">'.encode())
            for _ in range(megabytes):
                part.write(b" " * 2**20)
    return stream.getvalue()


def overlapping_parts() -> bytes:
    """Every entry of the directory points at the same packed bytes."""
    content = bytearray(archive({f"xl/part{n}.xml": b"<a>" + b" " * 9000 for n in range(9)}))
    start = 0
    while (start := content.find(b"PK\x01\x02", start)) != -1:
        content[start + 42 : start + 46] = struct.pack("<I", 0)
        start += 4
    return bytes(content)


def lying_sizes() -> bytes:
    """A directory that declares a hundredth of what its parts unpack to."""
    content = bytearray(bomb(20))
    start = 0
    while (start := content.find(b"PK\x01\x02", start)) != -1:
        content[start + 24 : start + 28] = struct.pack("<I", 1000)
        start += 4
    return bytes(content)


def encrypted_part() -> bytes:
    content = bytearray(xlsx(sound_book()))
    start = content.find(b"PK\x01\x02")
    content[start + 8] |= 1
    return bytes(content)


def with_link(kind: str, target: str) -> bytes:
    content = relations(("rId1", kind, target), mode=' TargetMode="External"')
    return with_part("xl/worksheets/_rels/sheet1.xml.rels", content)


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)


def other_document(name: str) -> bytes:
    return archive({"[Content_Types].xml": "<Types/>", name: "<x/>"})


NOT_A_WORKBOOK: Final[dict[str, Hostile]] = {
    "empty file": (lambda: b"", "empty"),
    "text file": (lambda: b"Referral ref,Person ref\nR1,P1\n", "not an Excel workbook"),
    "web page": (lambda: b"<html><table></table></html>", "not an Excel workbook"),
    "PDF": (lambda: b"%PDF-1.7\n" + noise(500), "not an Excel workbook"),
    "gzip": (lambda: gzip.compress(b"x" * 999), "not an Excel workbook"),
    "xls renamed": (lambda: OLD_FORMAT + noise(4000), "old Excel workbook (.xls)"),
    "encrypted book": (
        lambda: OLD_FORMAT + noise(600) + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "zip of text": (lambda: archive({"readme.txt": "x"}), "not an Excel workbook"),
    "empty zip": (lambda: b"PK\x05\x06" + bytes(18), "not an Excel workbook"),
    "Word document": (lambda: other_document("word/document.xml"), "Word document"),
    "presentation": (lambda: other_document("ppt/presentation.xml"), "PowerPoint"),
    "binary workbook": (lambda: other_document("xl/workbook.bin"), ".xlsb"),
    "OpenDocument": (lambda: other_document("content.xml"), "OpenDocument"),
    "cut short": (lambda: xlsx(sound_book())[:-400], "damaged or cut short"),
    "noise after a signature": (lambda: b"PK\x03\x04" + noise(5000), "damaged or cut short"),
    "something in front": (lambda: b"#!/bin/sh\n" + xlsx(sound_book()), "not an Excel workbook"),
    "parts missing": (lambda: with_part("xl/workbook.xml", None), "damaged"),
    "relations missing": (lambda: with_part("xl/_rels/workbook.xml.rels", None), "damaged"),
}

ARCHIVES: Final[dict[str, Hostile]] = {
    "bomb of 240 MB": (lambda: bomb(240), "would unpack to 252 MB"),
    "bomb under the limit": (lambda: bomb(40), "100 to 1"),
    "ten thousand parts": (
        lambda: archive({f"xl/p{n}.xml": "" for n in range(10_000)}),
        "10,000 parts",
    ),
    "overlapping parts": (overlapping_parts, "lie over one another"),
    "sizes that lie": (lying_sizes, "damaged"),
    "zip in a zip": (
        lambda: with_part("xl/media/more.zip", archive({"a": "b"})),
        "another file inside",
    ),
    "book in a book": (
        lambda: with_part("xl/media/more.xlsx", xlsx(sound_book())),
        "another file inside",
    ),
    "disguised zip": (
        lambda: with_part("xl/media/image1.png", archive({"a": "b"})),
        "another file inside",
    ),
    "disguised program": (
        lambda: with_part("docProps/thumbnail.jpeg", b"MZ" + noise(90)),
        "another file inside",
    ),
    "gzip inside": (
        lambda: with_part("xl/media/image1.png", gzip.compress(b"x")),
        "another file inside",
    ),
    "bzip2 packing": (lambda: packed_with(zipfile.ZIP_BZIP2), "packed in an unusual way"),
    "lzma packing": (lambda: packed_with(zipfile.ZIP_LZMA), "packed in an unusual way"),
    "bzip2 file": (lambda: bz2.compress(b"x" * 999), "not an Excel workbook"),
    "encrypted part": (encrypted_part, "encrypted"),
    "parent path": (lambda: renamed_part("../../etc/cron.d/job"), "unsafe name"),
    "absolute path": (lambda: renamed_part("/etc/passwd"), "unsafe name"),
    "backslashes": (lambda: renamed_part("..\\..\\windows\\x"), "unsafe name"),
    "drive": (lambda: renamed_part("C:/x.xml"), "unsafe name"),
    "NUL in a name": (lambda: renamed_part("xl/a\0b.xml"), "unsafe name"),
    "line break in a name": (lambda: renamed_part("xl/a\nb.xml"), "unsafe name"),
    "empty folder": (lambda: renamed_part("xl//a.xml"), "unsafe name"),
    "dot folder": (lambda: renamed_part("xl/./a.xml"), "unsafe name"),
    "long name": (lambda: renamed_part("xl/" + "a" * 900), "unsafe name"),
    "two parts of one name": (lambda: with_second_part(REFERRALS), "two parts of the same name"),
    "names apart by case": (
        lambda: with_part(REFERRALS.upper(), "<x/>"),
        "two parts of the same name",
    ),
}

PROGRAMS: Final[dict[str, Hostile]] = {
    "macros": (lambda: with_part("xl/vbaProject.bin", noise(90)), "macros"),
    "macro sheet": (lambda: with_part("xl/macrosheets/sheet1.xml", "<x/>"), "macros"),
    "macro-enabled type": (
        lambda: with_part(
            "[Content_Types].xml",
            part_of("[Content_Types].xml").replace(
                f"{KIND}.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
            ),
        ),
        "macros",
    ),
    "external link (DDE)": (
        lambda: with_part("xl/externalLinks/externalLink1.xml", "<externalLink/>"),
        "links to other workbooks",
    ),
    "remote template": (
        lambda: with_link("attachedTemplate", "http://example.org/t.xltm"),
        "linked to something outside",
    ),
    "remote picture": (
        lambda: with_link("image", "file://example.org/share/p.png"),
        "linked to something outside",
    ),
    "remote object": (
        lambda: with_link("oleObject", "http://example.org/o"),
        "linked to something outside",
    ),
    "embedded object": (lambda: with_part("xl/embeddings/o.bin", noise(9)), "embedded"),
    "control": (lambda: with_part("xl/activeX/activeX1.xml", "<x/>"), "embedded"),
    "connection": (lambda: with_part("xl/connections.xml", "<connections/>"), "outside data"),
    "query": (lambda: with_part("xl/queryTables/q1.xml", "<queryTable/>"), "outside data"),
}

HOSTILE_ARCHIVES: Final = {**NOT_A_WORKBOOK, **ARCHIVES, **PROGRAMS}
