"""The survivor side's routes, absent from the programme side; and notices, which cross."""

from typing import Any

from app.api import assignments as api_assignments
from app.api import notices as api_notices
from app.api import support as api_support
from app.api import survivor_records as api_records
from app.api import survivor_safety as api_safety
from app.api import survivors as api_survivors
from app.pages import (
    check_ins,
    hand_over,
    news,
    notices,
    risk,
    safety_notices,
    support,
    survivor,
    survivor_records,
    survivor_report,
    survivors,
)

SURVIVOR_PAGES: tuple[Any, ...] = (
    survivors.survivors_page,
    survivors.new_survivor_page,
    survivors.take_survivor_on,
    survivor.survivor_page,
    survivor.show_contact,
    survivor.log_attempt,
    hand_over.hand_over_page,
    hand_over.hand_one_over,
    hand_over.caseloads_page,
    hand_over.hand_all_over,
    support.support_page,
    support.make_offer,
    support.answer_page,
    support.answer,
    support.say_where_held,
    support.end_one_held,
    news.news_page,
    news.settle,
    survivor_records.link_page,
    survivor_records.link,
    survivor_records.end_link_page,
    survivor_records.end_link,
    survivor_records.consent_page,
    survivor_records.consent,
    survivor_records.safe_contact_page,
    survivor_records.write_safe_contact,
    survivor_records.erase_page,
    survivor_records.erase,
    check_ins.check_ins_page,
    check_ins.new_check_in_page,
    check_ins.save_check_in,
    risk.risk_page,
    risk.write_dash,
    safety_notices.notices_page,
    safety_notices.ask_for_notice,
    safety_notices.release_own,
    safety_notices.recall,
    safety_notices.notice_requests_page,
    safety_notices.release,
    safety_notices.decline,
    safety_notices.review,
    survivor_report.survivor_report_page,
)
SURVIVOR_API: tuple[Any, ...] = (
    api_survivors.api_survivors,
    api_survivors.api_take_survivor_on,
    api_survivors.api_survivor,
    api_survivors.api_check_ins,
    api_survivors.api_record_check_in,
    api_survivors.api_survivor_report,
    api_assignments.api_assignments,
    api_assignments.api_hand_over,
    api_assignments.api_caseloads,
    api_assignments.api_hand_caseload_over,
    api_support.api_support,
    api_support.api_make_offer,
    api_support.api_answer_offer,
    api_support.api_say_where_held,
    api_support.api_end_held,
    api_records.api_news,
    api_records.api_settle_news,
    api_records.api_show_contact,
    api_records.api_write_safe_contact,
    api_records.api_log_attempt,
    api_records.api_link,
    api_records.api_end_link,
    api_records.api_consents,
    api_records.api_record_consent,
    api_records.api_erase,
    api_safety.api_risk,
    api_safety.api_write_dash,
    api_safety.api_notices_for,
    api_safety.api_ask_for_notice,
    api_safety.api_release_own,
    api_safety.api_recall,
    api_safety.api_notice_requests,
    api_safety.api_release,
    api_safety.api_decline,
    api_safety.api_review,
)

NOTICE_PAGES: tuple[Any, ...] = (notices.notices_page, notices.raise_one)
NOTICE_API: tuple[Any, ...] = (api_notices.api_notices, api_notices.api_raise_notice)
"""The programme side's own pages of notices, which look the same whoever raised them."""
