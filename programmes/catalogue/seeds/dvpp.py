"""The planned programme for changing behaviour (DVPP), first version."""

from datetime import date

from programmes.catalogue.seeds.shared import PRACTICE, WEEKLY_MARKS, K, V
from programmes.catalogue.words import (
    AlsoRequired,
    Deadline,
    GroupSize,
    Module,
    ProgrammeVersion,
    Rolling,
    ShareAttended,
    Source,
    Staffing,
    Wish,
)

DVPP = ProgrammeVersion(
    programme="dvpp",
    number=1,
    valid_from=date(2026, 1, 1),
    modules=(Module(1, "Curriculum to be set when the programme opens", 1, 26),),
    individual=(),
    minutes=120,
    slots_a_week=1,
    gap=None,
    size=GroupSize(least=6, most=12),
    staffing=Staffing(needed=2, mixed_pair=Wish.REQUIRED, accreditation="respect"),
    single_sex=True,
    risk_levels=("medium", "high", "very high"),
    joining=Rolling(),
    completion=ShareAttended(80),
    marks=WEEKLY_MARKS,
    entry=(),
    also_required=AlsoRequired(
        intake_interview=True,
        referrer_contacts=0,
        partner_contact_by_another_worker=True,
        survivor_support_alongside=True,
        absence_goes_to_police=False,
    ),
    deadline=Deadline.ORDER,
    sources=(
        Source("modules", K, "At least 22 weeks (checked); 26 by default."),
        Source("individual", K, PRACTICE),
        Source("minutes", K, PRACTICE),
        Source("slots_a_week", K, PRACTICE),
        Source("gap", K, PRACTICE),
        Source("size", K, PRACTICE),
        Source("staffing", K, "Respect accreditation is preferred (checked); pair by practice."),
        Source("single_sex", K, PRACTICE),
        Source("risk_levels", K, PRACTICE),
        Source("joining", K, PRACTICE),
        Source("completion", K, PRACTICE),
        Source("marks", K, PRACTICE),
        Source("entry", K, "Set when the programme opens."),
        Source("also_required", V, "A survivor support service alongside, always."),
        Source("deadline", K, PRACTICE),
    ),
)
