"""The management report: exact figures of the programme side, and nothing of survivors."""

from collections.abc import Sequence
from typing import Final

from msgspec import UNSET

from outcomes.reports.attendance_queries import AttendanceFigures, attendance_figures
from outcomes.reports.figures import (
    Completion,
    Denominator,
    ManagementReport,
    OrderFigures,
    Period,
    ProgrammeFigures,
    completion,
)
from outcomes.reports.order_queries import order_figures
from outcomes.reports.rates import rate
from outcomes.reports.referral_queries import (
    ReferralFigures,
    not_suitable,
    programmes_supplied,
    referral_figures,
)
from programmes.catalogue.queries import StoredProgramme, programmes
from programmes.catalogue.words import Deadline
from programmes.common.permissions import Permission, Resource, Verb, must
from programmes.common.staff import Actor

READ_REPORT: Final = Permission(Resource.MANAGEMENT_REPORT, Verb.READ)
REPORTED_KINDS: Final = ("dvpo", "pre-charge-bail", "court-bail", "conditional-caution")
"""Kinds of order that are always named; others appear once there is any."""
_NOTHING: Final = ReferralFigures(0, 0, 0)


async def management_report(period: Period, *, actor: Actor) -> ManagementReport:
    """Everything is counted in the database; here it is only put together."""
    must(actor, READ_REPORT)
    return await report_among(await programmes(), period, actor=actor)


async def report_among(
    catalogue: Sequence[StoredProgramme], period: Period, *, actor: Actor
) -> ManagementReport:
    """The same where the programmes have been read."""
    must(actor, READ_REPORT)
    supplied = await programmes_supplied()
    received = await referral_figures(period)
    reasons = await not_suitable(period)
    attended = await attendance_figures(period, catalogue)
    figures = {
        found.code: _programme(
            found,
            received.get(found.code, _NOTHING),
            attended[found.code],
            reasons.get(found.code, {}),
        )
        if supplied.get(found.code)
        else None
        for found in catalogue
    }
    return ManagementReport(period, figures, _orders(await order_figures(period)))


def _programme(
    programme: StoredProgramme,
    received: ReferralFigures,
    attended: AttendanceFigures,
    reasons: dict[str, int],
) -> ProgrammeFigures:
    has_deadline = any(v.rules.deadline is Deadline.CAUTION for v in programme.versions)
    return ProgrammeFigures(
        referred=received.referred,
        suitable=received.suitable,
        reached=attended.reached,
        started=attended.started,
        completed=attended.completed,
        completed_in_time=attended.completed_in_time if has_deadline else UNSET,
        children_of_completers=attended.children_of_completers,
        waiting=received.waiting,
        completion=_completions(received, attended),
        not_suitable=reasons,
    )


def _completions(received: ReferralFigures, attended: AttendanceFigures) -> tuple[Completion, ...]:
    """39 of 90 reached is no completion rate: each of these counts those who could complete."""
    not_running = attended.started - attended.started_running
    return (
        completion(
            Denominator.DUE_TO_FINISH,
            rate(attended.completed, attended.due_to_finish),
            still_running=0,
        ),
        completion(
            Denominator.STARTERS,
            rate(attended.started_completed, not_running),
            still_running=attended.started_running,
        ),
        completion(
            Denominator.REFERRALS,
            rate(attended.referrals_completed, received.referred),
            still_running=attended.referrals_running,
        ),
    )


def _orders(found: dict[str, OrderFigures]) -> dict[str, OrderFigures | None]:
    others = sorted(found.keys() - set(REPORTED_KINDS))
    return {kind: found.get(kind) for kind in (*REPORTED_KINDS, *others)}
