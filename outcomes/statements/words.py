"""Papers made from recorded facts for somebody outside, each with a hash to check it by."""

from enum import StrEnum


class StatementKind(StrEnum):
    ATTENDANCE = "attendance statement"
    FINAL_REPORT = "final report"
    POLICE_NOTICE = "police notice"
