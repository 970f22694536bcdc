"""Your first day: for each role, what this service does for them and where to begin."""

from app.first_day.cases import CASES
from app.first_day.groups import GROUPS
from app.first_day.looking_on import LOOKING_ON
from app.first_day.parts import FirstDay
from app.first_day.support import SUPPORT
from programmes.common.staff import Actor

_FIRST_DAYS = GROUPS | CASES | SUPPORT | LOOKING_ON


def first_day_of(actor: Actor) -> FirstDay:
    return _FIRST_DAYS[actor.role, actor.side]
