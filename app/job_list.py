"""Every scheduled job, joined from the packages."""

from app.outbox.her_worker import HER_OUTBOX_JOBS
from app.outbox.worker import OUTBOX_JOBS
from app.running.jobs import RUNNING_JOBS
from outcomes.jobs import JOBS as OF_OUTCOMES
from outcomes.releases.jobs import JOBS as OF_RELEASES
from programmes.common.jobs import Job
from scheduling.jobs import JOBS as OF_SCHEDULING

JOBS: tuple[Job, ...] = (
    OF_SCHEDULING + OF_OUTCOMES + OUTBOX_JOBS + HER_OUTBOX_JOBS + OF_RELEASES + RUNNING_JOBS
)
