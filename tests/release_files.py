"""What the files of a release owe to whoever hears, prints or keeps them."""

import io
from typing import Any

import httpx
import openpyxl
from pypdf import PdfReader

from tests.pdf_ua import bookmarks, faults, headings, tagged


def hears_all_of_it(document: bytes) -> None:
    """What a screen reader needs, bookmarks and words for each picture among it."""
    assert faults(document) == []
    root = PdfReader(io.BytesIO(document)).root_object
    assert root["/Lang"] == "en-GB"
    titles = bookmarks(document)
    assert titles[:2] == ["Figures for 2018", "How many started?"]
    assert {"Annex 1: every table", "Annex 2: revisions, and what was put right since"} <= {*titles}
    tags = list(tagged(root))
    pictures = [one for one in tags if one["/S"] == "/Figure"]
    assert len(pictures) == 3
    assert all(len(str(one["/Alt"])) > 40 for one in pictures)
    assert headings(document) == len(titles)


def is_ready_for_paper(sheet: Any) -> bool:
    """One page wide, nothing beside the table, its headings again on every page."""
    (table,) = sheet.tables.values()
    top = table.ref.partition(":")[0].strip("A")
    return bool(
        sheet.sheet_properties.pageSetUpPr.fitToPage
        and (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        and sheet.print_title_rows == f"${top}:${top}"
        and sheet.print_area.replace("$", "").endswith(table.ref.partition(":")[2])
    )


async def lists_them_everywhere(
    browser: httpx.AsyncClient, page: str, revisions: list[dict[str, str]]
) -> None:
    """Page, workbook and document name the same revisions and later corrections."""
    shown = (await browser.get(page)).text
    sheet = (await browser.get(f"{page}/figures.xlsx")).content
    document = (await browser.get(f"{page}/figures.pdf")).content
    rows = list(openpyxl.load_workbook(io.BytesIO(sheet))["Revisions"].values)
    printed = "".join(one.extract_text() for one in PdfReader(io.BytesIO(document)).pages)
    for line in revisions:
        assert (line["when"], line["said"]) in rows
        assert line["said"] in shown
        assert "".join(line["said"].split()) in "".join(printed.split())
