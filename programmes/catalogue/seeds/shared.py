"""What the first versions have in common: their marks, and the wording of a source."""

from datetime import date

from programmes.catalogue.entry_words import Checked
from programmes.catalogue.words import (
    MarkAsks,
    MarkCode,
    MarkRule,
    Presence,
)

V, K = Checked.SOURCE, Checked.PRACTICE
PRACTICE = "Common practice; for the service to confirm."
STANDARD = "The programme's own standard."

FIRST_DAY = date(2010, 1, 1)
"""First versions stand for all the history that is imported, so they begin before any of it."""

_ATTENDED = MarkRule(MarkCode.ATTENDED, "Attended", Presence.THERE)
_NOT_THERE_MARKS = (
    MarkRule(
        MarkCode.SENT_HOME_BEHAVIOUR,
        "Sent home because of behaviour",
        Presence.NOT_THERE,
        MarkAsks.NOTE,
    ),
    MarkRule(
        MarkCode.SENT_HOME_SERVICE,
        "Sent home by the service",
        Presence.NOT_COUNTED,
        MarkAsks.NOTE,
    ),
    MarkRule(MarkCode.ABSENT, "Absent", Presence.NOT_THERE, MarkAsks.CLAIMED_REASON),
    MarkRule(
        MarkCode.CANCELLED_BY_SERVICE,
        "Session cancelled by the service",
        Presence.NOT_COUNTED,
    ),
)
WEEKLY_MARKS = (
    _ATTENDED,
    MarkRule(MarkCode.LATE, "Late", Presence.THERE, MarkAsks.MINUTES),
    MarkRule(MarkCode.LEFT_EARLY, "Left early", Presence.THERE, MarkAsks.MINUTES),
    *_NOT_THERE_MARKS,
)
WORKSHOP_MARKS = (
    _ATTENDED,
    MarkRule(
        MarkCode.LATE_NOT_ADMITTED,
        "Late, not admitted",
        Presence.NOT_THERE,
        MarkAsks.MINUTES,
    ),
    MarkRule(MarkCode.LEFT_EARLY, "Left early", Presence.NOT_THERE, MarkAsks.MINUTES),
    *_NOT_THERE_MARKS,
)
