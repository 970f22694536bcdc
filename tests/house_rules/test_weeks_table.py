"""docs/weeks.md says what the scripts of the weeks say."""

from pathlib import Path

from tests.journeys.weeks import WEEKS
from tests.journeys.weeks.table import whole

TABLE = Path(__file__).resolve().parents[2] / "docs" / "weeks.md"


def test_the_table_of_the_weeks_is_made_from_their_scripts() -> None:
    assert TABLE.read_text() == whole(WEEKS) + "\n"
