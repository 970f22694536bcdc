"""When a safety notice may cross, and who may let it. No clock, no I/O."""

from datetime import datetime, timedelta
from uuid import UUID

from outcomes.survivors.words import RequestStatus

UNANSWERED_AFTER = timedelta(minutes=30)
"""After this long without a second person, whoever raised an urgent notice may release it."""


def reasons_not_released(
    status: RequestStatus,
    *,
    raised_by: UUID,
    raised_at: datetime,
    is_urgent: bool,
    by: UUID,
    now: datetime,
) -> tuple[str, ...]:
    """Why this person may not release it now. A second person always may, while it waits."""
    if status is not RequestStatus.WAITING:
        return ("This notice no longer waits for release.",)
    if by != raised_by:
        return ()
    if not is_urgent:
        return ("A second person releases this notice. Ask your service lead.",)
    if now - raised_at < UNANSWERED_AFTER:
        return ("A second person has 30 minutes to answer before you may release it yourself.",)
    return ()


def may_recall(status: RequestStatus) -> bool:
    """Until staff can see it. Afterwards nothing comes back: they have read it."""
    return status in (RequestStatus.WAITING, RequestStatus.RELEASED)


def needs_review(status: RequestStatus, *, raised_by: UUID, decided_by: UUID | None) -> bool:
    """Released by whoever raised it: a second person looks at it the next day."""
    is_out = status in (RequestStatus.RELEASED, RequestStatus.SENT)
    return is_out and decided_by == raised_by
