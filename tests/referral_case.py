"""A referral as a partner's program sends it, and the same filled in by hand."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx

from programmes.common.db import fetch_value
from tests.cast import Company

_LETTERS = str.maketrans("0123456789", "ghijklmnop")
CHANGES = Mapping[str, Mapping[str, Any]]


async def agency_id(company: Company) -> str:
    async with company.acting("manager"):
        found = await fetch_value("SELECT id FROM agency WHERE kind = 'probation' LIMIT 1")
    return str(found)


async def a_referral(company: Company, changes: CHANGES | None = None) -> dict[str, Any]:
    """To Caring Dads, whole; `changes` by section. Its surname is nobody else's."""
    body: dict[str, Any] = {
        "person": {
            "first_name": "Sam",
            "last_name": uuid4().hex[:10].translate(_LETTERS).capitalize(),
            "date_of_birth": f"19{uuid4().int % 40 + 50}-04-{uuid4().int % 28 + 1:02}",
            "sex": "male",
            "postcode_district": "LS9",
        },
        "referral": {
            "programme": "caring-dads",
            "agency": await agency_id(company),
            "referring_worker": "Robin Invented",
            "worker_email": "robin@probation.example.org",
            "received_on": "2026-10-01",
            "route": "voluntary",
            "risk_level": "medium",
        },
        "children": {"contact_with_child": True, "children_born": [2015, 2018]},
        "needs": {"interpreter": False, "needs": ["work pattern"]},
        "equality": {"ethnic_group": "prefer not to say", "disability": "prefer not to say"},
        "times": {"free_times": ["monday evening"]},
        "law": {
            "legal_regime": "uk gdpr",
            "controller": "National Probation Service",
            "lawful_basis": "public task",
            "may_be_told": ["referrer"],
        },
    }
    for section, fields in (changes or {}).items():
        body[section] = {**body.get(section, {}), **fields}
    return body


async def send(
    browser: httpx.AsyncClient, body: Mapping[str, Any], key: str = ""
) -> httpx.Response:
    headers = {"Idempotency-Key": key or uuid4().hex}
    return await browser.post("/api/v1/referrals", json=body, headers=headers)
