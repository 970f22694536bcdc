"""Statements in words."""

from app.labels import describe
from app.web.components import Tag
from outcomes.statements.words import StatementKind

describe(
    StatementKind,
    {
        StatementKind.ATTENDANCE: Tag("Statement of attendance"),
        StatementKind.FINAL_REPORT: Tag("Final report to the referrer"),
        StatementKind.POLICE_NOTICE: Tag("Notice of non-compliance to the police"),
    },
)
