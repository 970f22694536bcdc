"""What of PDF/UA-1 (ISO 14289-1) a program can check in a document of ours.

A person must still judge whether the order of reading makes sense, whether words for a picture say
what it shows, and whether a heading is one.
"""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

STANDARD = frozenset(
    (
        *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI"),
        *("Index", "NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6"),
        *("L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"),
        *("Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot"),
        *("Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"),
    )
)
CHILDREN = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
}
PAINTS = frozenset(
    (
        b"Tj",
        b"TJ",
        b"'",
        b'"',
        b"S",
        b"s",
        b"f",
        b"F",
        b"f*",
        b"B",
        b"B*",
        b"b",
        b"b*",
        b"sh",
        b"Do",
    )
)
IMAGE = b"INLINE IMAGE"


def faults(pdf: bytes) -> list[str]:
    """Empty where nothing was found."""
    document = PdfReader(io.BytesIO(pdf))
    root = document.root_object
    return [
        *_said_of_the_whole(document, root),
        *_tags(root),
        *_tables(root),
        *_content(document, root),
        *_fonts(document),
        *_annotations(document),
    ]


def bookmarks(pdf: bytes) -> list[str]:
    """The titles, in the order in which they are read."""
    return [str(one["/Title"]) for one in _leaves(PdfReader(io.BytesIO(pdf)).outline)]


def headings(pdf: bytes) -> int:
    root = PdfReader(io.BytesIO(pdf)).root_object
    return sum(_kind(one) in {"H1", "H2", "H3", "H4", "H5", "H6"} for one in tagged(root))


def tagged(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """Each element of the document's structure, in the order in which it is read."""
    if "/StructTreeRoot" in root:
        yield from _elements(root["/StructTreeRoot"])


def _leaves(outline: Any) -> Iterator[Any]:
    for one in outline:
        yield from _leaves(one) if isinstance(one, list) else [one]


def _elements(node: Any) -> Iterator[DictionaryObject]:
    found = node.get_object()
    if isinstance(found, list):
        for one in found:
            yield from _elements(one)
    elif isinstance(found, DictionaryObject):
        if "/S" in found:
            yield found
        if "/K" in found:
            yield from _elements(found["/K"])


def _kind(element: DictionaryObject) -> str:
    return str(element["/S"]).removeprefix("/")


def _children(element: DictionaryObject) -> list[DictionaryObject]:
    """The elements right below."""
    if "/K" not in element:
        return []
    below = element["/K"].get_object()
    found = [one.get_object() for one in (below if isinstance(below, list) else [below])]
    return [one for one in found if isinstance(one, DictionaryObject) and "/S" in one]


def _said_of_the_whole(document: PdfReader, root: DictionaryObject) -> Iterator[str]:
    marks = root.get("/MarkInfo", DictionaryObject())
    if not _is_true(marks, "/Marked"):
        yield "not marked as tagged"
    if _is_true(marks, "/Suspects"):
        yield "its own tags are called suspect"
    if not root.get("/Lang"):
        yield "no language"
    if not _is_true(root.get("/ViewerPreferences", DictionaryObject()), "/DisplayDocTitle"):
        yield "a reader shows the name of the file in place of the title"
    if not (document.metadata and document.metadata.title):
        yield "no title"
    if "/Metadata" not in root:
        yield "no XMP metadata"
        return
    about = root["/Metadata"].get_object().get_data()  # type: ignore[attr-defined]
    if not any(x in about for x in (b"<pdfuaid:part>1</", b'pdfuaid:part="1"')):
        yield "does not say that it is PDF/UA-1"
    if b"<dc:title>" not in about:
        yield "no title in the XMP metadata"
    if not document.outline:
        yield "no bookmarks"
    if document.is_encrypted:
        yield "encrypted"


def _is_true(of: Any, name: str) -> bool:
    found = of.get_object().get(name)
    return bool(found is not None and found.value)


def _tags(root: DictionaryObject) -> Iterator[str]:
    if "/StructTreeRoot" not in root:
        yield "no tags"
        return
    tree = root["/StructTreeRoot"].get_object()
    roles = tree.get("/RoleMap", DictionaryObject())  # type: ignore[union-attr]
    level = 0
    for element in tagged(root):
        kind = _kind(element)
        if kind not in STANDARD and f"/{kind}" not in roles:
            yield f"{kind} is no kind of tag"
        if kind in {"Figure", "Formula"} and not (
            element.get("/Alt") or element.get("/ActualText")
        ):
            yield f"a {kind} without words for it"
        if len(kind) == 2 and kind[0] == "H" and kind[1].isdigit():
            if int(kind[1]) > level + 1:
                yield f"a heading of level {kind[1]} after one of level {level}"
            level = int(kind[1])
        for child in _children(element):
            if kind in CHILDREN and _kind(child) not in CHILDREN[kind]:
                yield f"a {_kind(child)} right below a {kind}"


def _tables(root: DictionaryObject) -> Iterator[str]:
    for table in (one for one in tagged(root) if _kind(one) == "Table"):
        rows = [one for one in _elements(table) if _kind(one) == "TR"]
        if len({len(_children(row)) for row in rows}) > 1:
            yield "a table whose rows differ in their number of cells"
        heads = [one for row in rows for one in _children(row) if _kind(one) == "TH"]
        if not heads:
            yield "a table without a heading"
        if any("/Scope" not in _attributes(one) and "/Headers" not in one for one in heads):
            yield "a heading of a table that does not say of what it is one"


def _attributes(element: DictionaryObject) -> set[str]:
    if "/A" not in element:
        return set()
    found = element["/A"].get_object()
    each = found if isinstance(found, list) else [found]
    return {name for one in each for name in one.get_object()}


def _content(document: PdfReader, root: DictionaryObject) -> Iterator[str]:
    """Whatever is painted belongs to a tag that is in the tree, or is marked as an artifact."""
    known = _numbers_in_tree(root)
    for place, page in enumerate(document.pages, start=1):
        on_page = known.get(page.indirect_reference.idnum if page.indirect_reference else 0, set())
        contents = page.get_contents()
        found = _loose(contents, on_page) if contents is not None else []
        yield from (f"page {place}: {one}" for one in dict.fromkeys(found))


def _loose(contents: ContentStream, known: set[int]) -> Iterator[str]:
    open_marks: list[str] = []
    for operands, operator in contents.operations:
        if operator in (b"BMC", b"BDC"):
            kind = "artifact" if operands[0] == "/Artifact" else "other"
            if operator == b"BDC" and isinstance(operands[1], dict) and "/MCID" in operands[1]:
                kind = "tagged"
                if int(operands[1]["/MCID"]) not in known:
                    yield "marked content that no tag holds"
            if {kind, *open_marks} >= {"artifact", "tagged"}:
                yield "an artifact in tagged content, or the other way round"
            open_marks.append(kind)
        elif operator == b"EMC":
            open_marks.pop()
        elif (operator in PAINTS or operator == IMAGE) and not {"artifact", "tagged"} & {
            *open_marks
        }:
            yield "content that is neither tagged nor an artifact"


def _numbers_in_tree(root: DictionaryObject) -> dict[int, set[int]]:
    """By page: the marked content that some tag holds."""
    found: dict[int, set[int]] = {}
    for element in tagged(root):
        own = element.raw_get("/Pg").idnum if "/Pg" in element else 0
        below = element["/K"].get_object() if "/K" in element else []
        for one in below if isinstance(below, list) else [below]:
            if isinstance(one, int):
                found.setdefault(own, set()).add(int(one))
                continue
            held = one.get_object()
            if isinstance(held, DictionaryObject) and held.get("/Type") == "/MCR":
                page = held.raw_get("/Pg").idnum if "/Pg" in held else own
                found.setdefault(page, set()).add(int(held["/MCID"]))  # type: ignore[arg-type]
    return found


def _fonts(document: PdfReader) -> Iterator[str]:
    for font in _fonts_of(document):
        if font.get("/Subtype") == "/Type3":
            continue
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font  # type: ignore[index]
        described = inner.get("/FontDescriptor", DictionaryObject()).get_object()
        if not any(f"/FontFile{one}" in described for one in ("", "2", "3")):
            yield f"the font {font.get('/BaseFont')} is not embedded"
        if "/ToUnicode" not in font:
            yield f"the letters of the font {font.get('/BaseFont')} cannot be read aloud"


def _fonts_of(document: PdfReader) -> list[DictionaryObject]:
    """Each font once, those of pictures too: whatever in the file calls itself one."""
    found = []
    for number in range(1, int(document.trailer["/Size"])):  # type: ignore[call-overload]
        one = document.get_object(number)
        if isinstance(one, DictionaryObject) and one.get("/Type") == "/Font":
            found.append(one)
    return [one for one in found if not str(one.get("/Subtype")).startswith("/CIDFont")]


def _annotations(document: PdfReader) -> Iterator[str]:
    for place, page in enumerate(document.pages, start=1):
        for annotation in page.get("/Annots", []):
            if page.get("/Tabs") != "/S":
                yield f"page {place}: the key for the next link does not follow the tags"
            if not annotation.get_object().get("/Contents"):
                yield f"page {place}: a link without words for it"
            if "/StructParent" not in annotation.get_object():
                yield f"page {place}: a link that no tag holds"
