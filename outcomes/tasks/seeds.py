"""The rules that a fresh home begins with: common practice, each to be replaced by a form."""

from datetime import date

from outcomes.tasks.words import ReactionRule, RuleCode, TaskFor

_FIRST = date(2018, 1, 1)
_SOURCE = "Common practice, not confirmed for Leeds"
_SET = (
    (RuleCode.FIRST_ABSENCE, 1, None, TaskFor.OFFICERS, 24),
    (RuleCode.IN_A_ROW, 2, None, TaskFor.OFFICERS, 48),
    (RuleCode.IN_ALL, 3, None, TaskFor.MANAGERS, 72),
    (RuleCode.LATENESS, 3, 5, TaskFor.FACILITATORS, 168),
    (RuleCode.NO_CONTACT, 14, None, TaskFor.FACILITATORS, 72),
    (RuleCode.BREACH, 1, None, TaskFor.MANAGERS, 24),
    (RuleCode.HEAD_START, 24, None, None, None),
    (RuleCode.ESCALATION, 24, None, None, None),
)
RULES = tuple(
    ReactionRule(
        code=code,
        threshold=threshold,
        within=within,
        for_whom=for_whom,
        due_hours=due_hours,
        valid_from=_FIRST,
        source=_SOURCE,
    )
    for code, threshold, within, for_whom, due_hours in _SET
)
