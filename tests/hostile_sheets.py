"""Books whose archive is sound and whose XML or cells mean harm, each with its refusal's words."""

from typing import Final

from tests.hostile_archives import REFERRALS, Hostile, part_of, with_part
from tests.made_workbooks import KIND, MAIN, XML, changed, sound_book, worksheet_of, xlsx

TYPES: Final = "[Content_Types].xml"
BOOK: Final = "xl/workbook.xml"
STRINGS: Final = "xl/sharedStrings.xml"
STYLES: Final = "xl/styles.xml"
LAUGHS: Final = (
    '<!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)


def declared(declaration: str, use: str) -> bytes:
    """A sheet with a document type declaration, and something of it used in a text."""
    content = part_of(REFERRALS).replace(XML, XML + declaration)
    return with_part(REFERRALS, content.replace(">Adam<", f">{use}<"))


def strings_book(strings: str, cells: str) -> bytes:
    """A book whose first sheet points into this string table."""
    listed = f'<Override PartName="/{STRINGS}" ContentType="{KIND}.sharedStrings+xml"/></Types>'
    return xlsx(
        sound_book(),
        {
            TYPES: part_of(TYPES).replace("</Types>", listed),
            STRINGS: strings,
            REFERRALS: worksheet_of(cells),
        },
    )


def string_table(strings: str, declaration: str = "") -> str:
    return f'{XML}{declaration}<sst xmlns="{MAIN}">{strings}</sst>'


def sheet_of(rows: str) -> bytes:
    return with_part(REFERRALS, worksheet_of(rows))


def cell_xml(xml: str) -> bytes:
    """The sound book with one cell of Referrals, C2, written as this XML."""
    before, after = part_of(REFERRALS).split('<c r="C2"', 1)
    return with_part(REFERRALS, before + xml + after.split("</c>", 1)[1])


def with_text(text: str) -> bytes:
    return xlsx(changed("Referrals", "First name", text))


def many_sheets() -> bytes:
    return xlsx({**sound_book(), **{f"Sheet {n}": [["x"]] for n in range(60)}})


def replaced(part: str, old: str, new: str) -> bytes:
    return with_part(part, part_of(part).replace(old, new))


ATTRIBUTES: Final = " ".join(f'a{n}="1"' for n in range(300_000))

XML_TRICKS: Final[dict[str, Hostile]] = {
    "billion laughs in a sheet": (lambda: declared(LAUGHS, "&j;"), "XML entities"),
    "billion laughs in the book": (lambda: replaced(BOOK, XML, XML + LAUGHS), "XML entities"),
    "billion laughs in the styles": (lambda: replaced(STYLES, XML, XML + LAUGHS), "XML entities"),
    "billion laughs in the types": (lambda: replaced(TYPES, XML, XML + LAUGHS), "XML entities"),
    "billion laughs in the strings": (
        lambda: strings_book(string_table("<si><t>&j;</t></si>", LAUGHS), ""),
        "XML entities",
    ),
    "quadratic blow-up": (
        lambda: declared(f'<!DOCTYPE a [<!ENTITY b "{"x" * 50_000}">]>', "&b;" * 5000),
        "XML entities",
    ),
    "file by entity": (
        lambda: declared('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', "&b;"),
        "XML entities",
    ),
    "parameter entity": (
        lambda: declared('<!DOCTYPE a [<!ENTITY % b SYSTEM "http://example.org/x"> %b;]>', "x"),
        "XML entities",
    ),
    "entities in UTF-16": (
        lambda: with_part(
            REFERRALS,
            part_of(REFERRALS).replace(XML, LAUGHS).replace(">Adam<", ">&j;<").encode("utf-16"),
        ),
        "XML entities",
    ),
    "unclosed XML": (lambda: replaced(REFERRALS, "</worksheet>", ""), "damaged"),
    "NUL in XML": (lambda: replaced(REFERRALS, "Adam", "Ad\0am"), "damaged"),
    "bytes that are not UTF-8": (
        lambda: with_part(REFERRALS, part_of(REFERRALS).encode().replace(b"Adam", b"\xff\xfe")),
        "damaged",
    ),
    "unknown encoding": (lambda: replaced(REFERRALS, "UTF-8", "UTF-7"), "damaged"),
    "strict Open XML": (
        lambda: replaced(REFERRALS, MAIN, "http://purl.oclc.org/ooxml/main"),
        "Strict Open XML",
    ),
    "nested 200,000 deep": (
        lambda: sheet_of(f'<row r="1">{"<a>" * 200_000}{"</a>" * 200_000}</row>'),
        "",
    ),
    "300,000 attributes": (lambda: sheet_of(f"<row {ATTRIBUTES}></row>"), ""),
    "one tag of 7 MB": (lambda: sheet_of(f'<row a="{"x" * 7_000_000}"></row>'), ""),
    "sheet missing from the file": (lambda: with_part(REFERRALS, None), "not in the file"),
    "sheet outside the file": (
        lambda: replaced("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "/../../etc/x"),
        "not in the file",
    ),
    "relation without target": (
        lambda: replaced("xl/_rels/workbook.xml.rels", 'Id="rId1"', 'Id="rId77"'),
        "damaged",
    ),
    "two sheets of one name": (
        lambda: replaced(BOOK, 'name="Children"', 'name="REFERRALS"'),
        "same name",
    ),
    "two sheets of one name but for a blank": (
        lambda: replaced(BOOK, 'name="Children"', 'name="Referrals&#x200b; "'),
        "same name",
    ),
    "sheet name for a terminal": (
        lambda: xlsx({**sound_book(), "\u009b2J\u202egpj": [["x"]]}),
        "“\ufffd2J\ufffdgpj” does not belong",
    ),
    "sixty more sheets": (many_sheets, "66 sheets"),
    "no sheets": (lambda: xlsx({}), "0 sheets"),
    "styles that are not numbers": (lambda: replaced(STYLES, '"14"', '"lots"'), "damaged"),
}

AMOUNTS: Final[dict[str, Hostile]] = {
    "16,384 columns": (
        lambda: sheet_of(f'<row r="1">{"<c><v>1</v></c>" * 16_384}</row>'),
        "at most 60 columns",
    ),
    "last cell of the sheet": (
        lambda: sheet_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "something in column XFD",
    ),
    "300,000 rows": (
        lambda: sheet_of(
            "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 300_000))
        ),
        "more than is read at once",
    ),
    "row two million": (
        lambda: sheet_of('<row r="2000000"><c r="A2000000"><v>1</v></c></row>'),
        "numbered wrongly",
    ),
    "row of a thousand digits": (
        lambda: sheet_of(f'<row r="{"9" * 1000}"></row>'),
        "numbered wrongly",
    ),
    "row nought": (lambda: sheet_of('<row r="0"></row>'), "numbered wrongly"),
    "rows backwards": (lambda: sheet_of('<row r="3"></row><row r="2"></row>'), "numbered wrongly"),
    "a row twice": (lambda: sheet_of('<row r="3"></row><row r="3"></row>'), "numbered wrongly"),
    "a cell twice": (
        lambda: sheet_of('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
        "cells of row 1 are numbered wrongly",
    ),
    "a cell of another row": (
        lambda: sheet_of('<row r="1"><c r="A9"><v>1</v></c></row>'),
        "cells of row 1 are numbered wrongly",
    ),
    "a cell nowhere": (
        lambda: sheet_of('<row r="1"><c r="AAAA1"><v>1</v></c></row>'),
        "cells of row 1 are numbered wrongly",
    ),
    "too many cells": (
        lambda: sheet_of(f"<row>{'<c><v>1</v></c>' * 50}</row>" * 8_001),
        "more than is read at once",
    ),
    "one text a hundred thousand times": (
        lambda: strings_book(
            string_table(f"<si><t>{'x' * 4000}</t></si>"),
            '<row><c t="s"><v>0</v></c></row>' * 100_000,
        ),
        "more than is read at once",
    ),
    "half a million strings": (
        lambda: strings_book(
            string_table("".join(f"<si><t>{n}</t></si>" for n in range(500_000))), ""
        ),
        "Row 1 is empty",
    ),
    "style sheet of 6 MB": (
        lambda: replaced(
            STYLES, "</cellXfs>", "".join(map("<xf a='{}'/>".format, range(400_000))) + "</cellXfs>"
        ),
        "too large",
    ),
    "text of 3 MB": (lambda: with_text("x" * 3_000_000), "more than 4,000 characters"),
}

CELLS: Final[dict[str, Hostile]] = {
    "formula": (lambda: cell_xml('<c r="C2"><f>1+1</f><v>2</v></c>'), "formula"),
    "formula with cached text": (
        lambda: cell_xml('<c r="C2" t="str"><f>A1</f><v>Adam</v></c>'),
        "formula",
    ),
    "array formula": (
        lambda: cell_xml('<c r="C2"><f t="array" ref="C2:C9">A1:A8</f></c>'),
        "formula",
    ),
    "shared formula": (lambda: cell_xml('<c r="C2"><f t="shared" si="0"/></c>'), "formula"),
    "data table": (lambda: cell_xml('<c r="C2"><f t="dataTable" ref="C2"/></c>'), "formula"),
    "DDE formula": (lambda: cell_xml("<c r=\"C2\"><f>cmd|'/c calc'!A0</f></c>"), "formula"),
    "DDE as text": (lambda: with_text("=cmd|'/c calc'!A0"), "begins like a formula"),
    "plus as text": (lambda: with_text("+1+cmd|' /C calc'!A0"), "begins like a formula"),
    "at as text": (lambda: with_text("@SUM(1)"), "begins like a formula"),
    "formula after a hidden blank": (lambda: with_text("\u200b=1+1"), "begins like a formula"),
    "wide equals sign": (lambda: with_text("\uff1d1+1"), "begins like a formula"),
    "formula in the headings": (
        lambda: replaced(REFERRALS, '<c r="C1" t="inlineStr">', '<c r="C1"><f>A1</f>'),
        "formula",
    ),
    "formula beside the table": (
        lambda: replaced(
            REFERRALS, "</row></sheetData>", '<c r="Z3"><f>1</f></c></row></sheetData>'
        ),
        "formula",
    ),
    "direction override": (lambda: with_text("Adam\u202egpj"), "hidden mark"),
    "direction isolate": (lambda: with_text("\u2066Adam\u2069"), "hidden mark"),
    "tag characters": (lambda: with_text("Adam\U000e0041"), "hidden mark"),
    "escaped NUL": (lambda: with_text("Ad_x0000_am"), "control character"),
    "escape sequence": (lambda: with_text("Ad_x001B_[2Jam"), "control character"),
    "private character": (lambda: with_text("Ad\ue000am"), "control character"),
    "error cell": (lambda: cell_xml('<c r="C2" t="e"><v>#REF!</v></c>'), "error of the"),
    "not a number": (lambda: cell_xml('<c r="C2"><v>NaN</v></c>'), "cannot be read"),
    "infinity": (lambda: cell_xml('<c r="C2"><v>1e999</v></c>'), "cannot be read"),
    "number of 5,000 digits": (
        lambda: cell_xml(f'<c r="C2"><v>{"9" * 5000}</v></c>'),
        "cannot be read",
    ),
    "string beyond the table": (
        lambda: cell_xml('<c r="C2" t="s"><v>99999</v></c>'),
        "cannot be read",
    ),
    "string from the end": (lambda: cell_xml('<c r="C2" t="s"><v>-1</v></c>'), "cannot be read"),
    "unknown kind of cell": (lambda: cell_xml('<c r="C2" t="zz"><v>1</v></c>'), "cannot be read"),
    "date beyond all calendars": (
        lambda: cell_xml('<c r="C2" s="1"><v>99999999</v></c>'),
        "cannot be read",
    ),
    "style that is not a number": (
        lambda: cell_xml('<c r="C2" s="x"><v>1</v></c>'),
        "cannot be read",
    ),
    "name of 3,900 letters": (lambda: with_text("a b" * 1300), "characters long"),
}

HOSTILE_SHEETS: Final = {**XML_TRICKS, **AMOUNTS, **CELLS}
