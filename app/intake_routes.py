"""Routes of intake: referrals coming in, suitability, waiting, unmet need, programmes as data."""

from typing import Any

from app.api import around as api_around
from app.api import exports as api_exports
from app.api import intake as api_intake
from app.api import programmes as api_programmes
from app.api import referral_lists as api_referral_lists
from app.api import same_person as api_same_person
from app.api import suitability as api_suitability
from app.api import unmet as api_unmet
from app.api import waiting as api_waiting
from app.pages import (
    around,
    exports,
    new_referral,
    onward,
    programmes,
    referral_lists,
    same_person,
    suitability,
    unmet,
    waiting,
)

INTAKE_PAGES: tuple[Any, ...] = (
    new_referral.new_referral_page,
    new_referral.begin,
    new_referral.begin_for_person,
    new_referral.draft_page,
    new_referral.discard,
    new_referral.check_page,
    new_referral.send,
    new_referral.step_page,
    new_referral.save,
    suitability.decide_page,
    suitability.decide,
    suitability.agree,
    suitability.decline,
    same_person.same_page,
    same_person.join,
    same_person.take_apart,
    waiting.waiting_list_page,
    waiting.standard_page,
    waiting.set_it,
    unmet.unmet_page,
    unmet.unmet_chart,
    around.around_page,
    around.new_accreditation,
    around.new_consultation,
    around.new_training,
    onward.onward_page,
    onward.refer,
    onward.settle,
    referral_lists.lists_page,
    referral_lists.empty_list,
    referral_lists.send_list,
    referral_lists.list_page,
    referral_lists.decide,
    referral_lists.approve,
    referral_lists.undo,
    referral_lists.discard,
    exports.exports_page,
    exports.ask,
    exports.export_page,
    exports.agree,
    exports.take,
    programmes.programmes_page,
    programmes.new_programme_page,
    programmes.new_programme,
    programmes.programme_page,
    programmes.change,
    programmes.new_version_page,
    programmes.new_version,
)
INTAKE_API: tuple[Any, ...] = (
    api_intake.api_drafts,
    api_intake.api_take_referral,
    api_suitability.api_suitability,
    api_suitability.api_decide,
    api_suitability.api_settle_override,
    api_same_person.api_same,
    api_same_person.api_join,
    api_same_person.api_take_apart,
    api_waiting.api_waiting_list,
    api_waiting.api_standard,
    api_waiting.api_set_standard,
    api_unmet.api_unmet,
    api_around.api_around,
    api_around.api_add_accreditation,
    api_around.api_add_consultation,
    api_around.api_add_training,
    api_around.api_onward,
    api_around.api_refer_onward,
    api_referral_lists.api_lists,
    api_referral_lists.api_list,
    api_exports.api_exports,
    api_programmes.api_programmes,
    api_programmes.api_programme,
    api_programmes.api_add_programme,
    api_programmes.api_add_version,
    api_programmes.api_change_status,
)
