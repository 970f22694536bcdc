"""What spreadsheet programs make of our exports: ten thousand odd cells, and no formula."""

import csv
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from programmes.common.workbooks.writing import write_csv
from tests.rules.test_workbook_writing import fuzzed, workbook_of

COUNT = 10_000
OFFICE = shutil.which("soffice")
FORMULA = b"table:formula"


def _rows(count: int) -> list[list[str]]:
    texts = fuzzed(count)
    return [texts[n : n + 3] for n in range(0, len(texts), 3)]


def test_openpyxl_finds_text_alone() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_of(_rows(COUNT // 10))))["List"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert len(cells) > COUNT // 10
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert {cell.value for cell in cells if cell.data_type == "n"} <= {None}
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []


@pytest.mark.deep
@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice here (apt install libreoffice-calc)")
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_libreoffice_finds_no_formula_among_ten_thousand_cells(
    tmp_path: Path, kind: str, record_property: Callable[[str, object], None]
) -> None:
    """Opened and saved again in its own format, where every formula would be named."""
    rows = _rows(COUNT)
    content = workbook_of(rows) if kind == "xlsx" else write_csv(["A", "B", "C"], rows)
    opened = _opened(tmp_path / f"list.{kind}", content)
    record_property(f"cells of a {kind} reopened by LibreOffice", COUNT)
    assert opened.count(b"<table:table-row") > len(rows) // 2
    assert FORMULA not in opened
    assert b"<script" not in opened.lower()


@pytest.mark.deep
@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice here (apt install libreoffice-calc)")
def test_libreoffice_would_find_one(tmp_path: Path) -> None:
    out = io.StringIO()
    csv.writer(out).writerow(["=1+1", "x"])
    assert FORMULA in _opened(tmp_path / "evil.csv", out.getvalue().encode())


def _opened(path: Path, content: bytes) -> bytes:
    """The sheet as LibreOffice holds it."""
    path.write_bytes(content)
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    asked = [str(OFFICE), "--headless", profile, "--convert-to", "ods", "--outdir", path.parent]
    subprocess.run([*asked, path], check=True, capture_output=True, timeout=300)
    with zipfile.ZipFile(path.with_suffix(".ods")) as archive:
        return archive.read("content.xml")
