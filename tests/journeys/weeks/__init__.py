"""A week in each role, as a script, and how it is walked."""

from typing import Final

from tests.journeys.weeks.cases import CASE_OWNER, IOM, PROBATION
from tests.journeys.weeks.groups import CARA, FACILITATOR, MANAGER
from tests.journeys.weeks.others import (
    ADMINISTRATOR,
    AUDITOR,
    BOARD,
    SURVIVOR_LEAD,
    SURVIVOR_WORKER,
)

WEEKS: Final = {
    "facilitator": FACILITATOR,
    "cara-coordinator": CARA,
    "manager": MANAGER,
    "probation": PROBATION,
    "iom": IOM,
    "case-owner": CASE_OWNER,
    "survivor-worker": SURVIVOR_WORKER,
    "survivor-lead": SURVIVOR_LEAD,
    "board": BOARD,
    "auditor": AUDITOR,
    "administrator": ADMINISTRATOR,
}
