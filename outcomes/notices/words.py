"""Safety notices: the fixed vocabulary, and what each asks of whoever reads it."""

from enum import StrEnum


class NoticeCode(StrEnum):
    DO_NOT_DISCUSS = "do not discuss"
    MANAGER_TO_CALL = "manager to call"
    RISK_RAISED = "risk raised"
    REVIEW_BEFORE_CONTACT = "review before contact"


NOTICE_CODES = tuple(NoticeCode)

EFFECTS = {
    NoticeCode.DO_NOT_DISCUSS: (
        "Do not raise the relationship, the children or the other person with them while this "
        "notice is in force."
    ),
    NoticeCode.MANAGER_TO_CALL: (
        "Do not act alone: call the programme manager before the next contact with them."
    ),
    NoticeCode.RISK_RAISED: (
        "Treat their risk as higher than recorded, and tell a manager before every contact."
    ),
    NoticeCode.REVIEW_BEFORE_CONTACT: (
        "Do not write to them or call them until a manager has looked at the record."
    ),
}
"""What a reader is told to do. Says nothing of who asked for it, or why."""
