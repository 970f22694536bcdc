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
        "Staff do not raise the relationship, the children or the other person with him until "
        "the notice ends."
    ),
    NoticeCode.MANAGER_TO_CALL: "The programme manager calls the sender's service the same day.",
    NoticeCode.RISK_RAISED: (
        "Staff treat his risk as higher than recorded, and tell a manager before every contact."
    ),
    NoticeCode.REVIEW_BEFORE_CONTACT: (
        "Nobody writes to him or calls him until a manager has looked at his record."
    ),
}
"""What a reader is told to do. Says nothing of who asked for it, or why."""
