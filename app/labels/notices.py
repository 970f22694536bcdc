"""Safety notices in words."""

from app.labels import describe
from app.web.components import Tag
from outcomes.notices.words import NoticeCode

describe(
    NoticeCode,
    {
        NoticeCode.DO_NOT_DISCUSS: Tag("Do not discuss", "orange"),
        NoticeCode.MANAGER_TO_CALL: Tag("Manager to call", "yellow"),
        NoticeCode.RISK_RAISED: Tag("Risk raised", "red"),
        NoticeCode.REVIEW_BEFORE_CONTACT: Tag("Review before contact", "orange"),
    },
)
