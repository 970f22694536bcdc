"""Lists of referrals in words."""

from app.labels import describe
from app.web.components import Tag
from programmes.referrals.import_words import ImportStatus, Verdict

describe(
    ImportStatus,
    {
        ImportStatus.OPEN: Tag("Waits for a second person", "yellow"),
        ImportStatus.APPLIED: Tag("Taken in", "green"),
        ImportStatus.UNDONE: Tag("Undone", "purple"),
        ImportStatus.DISCARDED: Tag("Thrown away", "grey"),
    },
)
describe(
    Verdict,
    {
        Verdict.NEW: Tag("New", "blue"),
        Verdict.MATCHED: Tag("On record as it is", "green"),
        Verdict.CHANGED: Tag("Changed", "yellow"),
        Verdict.REFUSED: Tag("Refused", "red"),
    },
)
