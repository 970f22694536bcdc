"""The demonstration loads on whatever day and at whatever hour somebody first starts it."""

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import demo
from app.databases import open_databases
from app.demo.loading import load_demo
from app.embedded import EmbeddedServer
from app.settings import Settings
from programmes.common.clock import LONDON
from tests.own_home import migrated_home

MOMENTS = (
    "2026-11-23 06:30",
    "2026-11-29 23:30",
    "2026-12-25 10:00",
    "2026-12-31 23:30",
    "2027-01-01 00:10",
    "2027-03-28 01:30",
    "2027-06-15 00:30",
    "2027-10-31 01:30",
)


@pytest.mark.deep
@pytest.mark.parametrize("moment", MOMENTS)
async def test_it_loads_whole_at_any_moment(tmp_path: Path, moment: str) -> None:
    """Over midwinter the latest evening of tonight's group is two weeks ago."""
    now = datetime.fromisoformat(moment).replace(tzinfo=LONDON).astimezone(UTC)
    settings = Settings(home=await asyncio.to_thread(migrated_home, tmp_path / "home"))
    with EmbeddedServer(settings.home) as embedded:
        async with open_databases(settings, embedded.start()) as databases:
            await load_demo(databases, now=now)


def test_nobody_in_it_is_chosen_by_an_id() -> None:
    """Ids of one moment sort by chance: each start would tell another story."""
    by_id = re.compile(r"ORDER BY (?:[\w., ]*[ .])?(?:\w+_)?id\b")
    modules = sorted(Path(demo.__file__).parent.rglob("*.py"))
    assert len(modules) > 20
    found = [one.name for one in modules if by_id.search(one.read_text())]
    assert found == []
    assert by_id.search("ORDER BY received_on, id LIMIT 1")
    assert by_id.search("ORDER BY m.enrolment_id LIMIT 1")
