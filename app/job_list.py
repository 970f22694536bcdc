"""Every scheduled job, joined from the packages."""

from outcomes.jobs import JOBS as OF_OUTCOMES
from programmes.common.jobs import Job
from scheduling.jobs import JOBS as OF_SCHEDULING

JOBS: tuple[Job, ...] = OF_SCHEDULING + OF_OUTCOMES
