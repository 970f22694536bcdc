"""The generated pictures are those of today's code."""

import pytest

from app.cli.diagrams import FOLDER
from app.diagrams import DIAGRAMS


@pytest.mark.parametrize("name", DIAGRAMS)
def test_a_generated_picture_is_current(name: str) -> None:
    drawn = DIAGRAMS[name]()
    assert (FOLDER / name).read_text() == drawn, "run: python3 run.py diagrams"
