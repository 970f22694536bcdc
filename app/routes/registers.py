"""Routes of registers and of what follows from them."""

from typing import Any

from app.api import absences as api_absences
from app.api import cohorts as api_cohorts
from app.api import completion as api_completion
from app.api import evening_writes as api_evening_writes
from app.api import evenings as api_evenings
from app.api import feedback as api_feedback
from app.pages import absences, arrivals, completion, evenings, feedback, registers

REGISTER_PAGES: tuple[Any, ...] = (
    registers.new_arrival,
    arrivals.arrivals_page,
    arrivals.settle,
    evenings.note_page,
    evenings.save_note,
    evenings.save_participation,
    evenings.new_concern,
    evenings.concerns_page,
    evenings.answer,
    absences.absences_page,
    absences.add,
    absences.evidence,
    completion.completion_page,
    completion.decide,
    feedback.ask_page,
    feedback.ask,
    feedback.answer_page,
    feedback.answer,
    feedback.feedback_page,
)
REGISTER_API: tuple[Any, ...] = (
    api_cohorts.api_save_mark,
    api_absences.api_absences,
    api_absences.api_evidence,
    api_absences.api_add_evidence,
    api_completion.api_completion,
    api_completion.api_decide_completion,
    api_feedback.api_feedback,
    api_evenings.api_note,
    api_evenings.api_arrivals,
    api_evenings.api_concerns,
    api_evening_writes.api_write_note,
    api_evening_writes.api_note_participation,
    api_evening_writes.api_raise_concern,
    api_evening_writes.api_answer_concern,
    api_evening_writes.api_add_arrival,
    api_evening_writes.api_settle_arrival,
    api_evening_writes.api_judge_absence,
    api_evening_writes.api_ask_for_feedback,
)
