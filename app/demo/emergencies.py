"""A record that was opened in an emergency two days ago, for a manager to look at."""

from datetime import timedelta

from app.demo.context import DemoContext
from programmes.common.db import fetch_value, insert
from programmes.common.ids import new_id
from programmes.emergencies.tables import EmergencyOpening


async def load(context: DemoContext) -> None:
    opened = context.ago(2)
    async with context.acting("open-in-emergency"):
        officer = context.accounts["iom@waymark.example"]
        person = await fetch_value(
            'SELECT id FROM person ORDER BY created_at, name_key COLLATE "C" LIMIT 1'
        )
        await insert(
            EmergencyOpening,
            id=new_id(opened),
            person_id=person,
            account_id=officer.account_id,
            reason="Call to 999 from his address at night; the patrol asked about his conditions.",
            opened_at=opened,
            until_at=opened + timedelta(minutes=60),
        )
