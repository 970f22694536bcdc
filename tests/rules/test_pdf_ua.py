"""The check of documents for PDF/UA finds what is broken, one fault at a time."""

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, NameObject

from tests.pdf_ua import bookmarks, faults, headings, tagged

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9"/></svg>'
SOURCE = """
#set document(title: "Figures", date: none)
#set page(numbering: "1")
#set text(lang: "en", region: "GB")
= Figures
#image(bytes(sys.inputs.svg), format: "svg", alt: "A triangle")
== A table
#table(columns: 2, table.header([Figure], [Number]), [Started], [66])
"""
Break = Callable[[Any], None]


@cache
def sound() -> bytes:
    import typst

    made: bytes = typst.compile(
        SOURCE.encode(),
        sys_inputs={"svg": SVG.decode()},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
    )
    return made


def broken(by: Break) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(sound())))
    by(writer.root_object)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def first(root: Any, kind: str) -> Any:
    return next(one for one in tagged(root) if one["/S"] == f"/{kind}")


def lacks(name: str) -> Break:
    return lambda root: root.pop(NameObject(name))


def suspects(root: Any) -> None:
    root["/MarkInfo"][NameObject("/Suspects")] = BooleanObject(True)


def hides_the_title(root: Any) -> None:
    root["/ViewerPreferences"][NameObject("/DisplayDocTitle")] = BooleanObject(False)


def wordless(root: Any) -> None:
    first(root, "Figure").pop("/Alt")


def scopeless(root: Any) -> None:
    first(root, "TH").pop("/A")


def skips_a_level(root: Any) -> None:
    first(root, "H2")[NameObject("/S")] = NameObject("/H3")


def untagged(root: Any) -> None:
    """The heading's words are in no tag any more."""
    first(root, "H1").pop("/K")


def unembedded(root: Any) -> None:
    (page,) = (one.get_object() for one in root["/Pages"]["/Kids"])
    for font in page["/Resources"]["/Font"].values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        for name in ("/FontFile", "/FontFile2", "/FontFile3"):
            inner["/FontDescriptor"].get_object().pop(name, None)


def paints_outside(root: Any) -> None:
    (page,) = (one.get_object() for one in root["/Pages"]["/Kids"])
    contents = page["/Contents"].get_object()
    contents.set_data(contents.get_data() + b" 0 0 9 9 re f")


BREAKS: list[tuple[Break, str]] = [
    (lacks("/MarkInfo"), "not marked as tagged"),
    (suspects, "its own tags are called suspect"),
    (lacks("/Lang"), "no language"),
    (hides_the_title, "a reader shows the name of the file in place of the title"),
    (lacks("/Metadata"), "no XMP metadata"),
    (lacks("/Outlines"), "no bookmarks"),
    (lacks("/StructTreeRoot"), "no tags"),
    (wordless, "a Figure without words for it"),
    (scopeless, "a heading of a table that does not say of what it is one"),
    (skips_a_level, "a heading of level 3 after one of level 1"),
    (untagged, "page 1: marked content that no tag holds"),
    (unembedded, "is not embedded"),
    (paints_outside, "page 1: content that is neither tagged nor an artifact"),
]


def test_a_sound_document_has_no_fault() -> None:
    assert faults(sound()) == []
    assert bookmarks(sound()) == ["Figures", "A table"]
    assert headings(sound()) == 2


@pytest.mark.parametrize(("by", "said"), BREAKS, ids=[said for _by, said in BREAKS])
def test_each_fault_is_found(by: Break, said: str) -> None:
    assert any(said in one for one in faults(broken(by))), faults(broken(by))
