"""Every route, by side: pages first, then their JSON twins."""

from collections.abc import Sequence
from typing import Any

from app.api import administration as api_administration
from app.api import cohorts as api_cohorts
from app.api import people as api_people
from app.api import sign_in as api_sign_in
from app.pages import (
    accounts,
    attendance,
    audit,
    cohorts,
    corrections,
    first_day,
    home,
    more,
    people,
    referrals,
    registers,
    service,
    sign_in,
)
from app.pages.information import InformationPages
from app.routes.access import ACCESS_API, ACCESS_PAGES
from app.routes.board import BOARD_WORK_API, BOARD_WORK_PAGES, RELEASE_API, RELEASE_PAGES
from app.routes.cohorts import COHORT_API, COHORT_PAGES
from app.routes.emergencies import EMERGENCY_API, EMERGENCY_PAGES
from app.routes.intake import INTAKE_API, INTAKE_PAGES
from app.routes.messages import MESSAGE_API, MESSAGE_PAGES
from app.routes.orders import ORDER_API, ORDER_PAGES
from app.routes.own import OWN_API, OWN_PAGES, PROVIDER_API, PROVIDER_PAGES
from app.routes.registers import REGISTER_API, REGISTER_PAGES
from app.routes.running import RUNNING_API, RUNNING_PAGES, TOKEN_API, TOKEN_PAGES
from app.routes.statements import STATEMENT_API, STATEMENT_PAGES
from app.routes.survivors import NOTICE_API, NOTICE_PAGES, SURVIVOR_API, SURVIVOR_PAGES
from app.routes.tasks import TASK_API, TASK_PAGES
from programmes.common.db import Side

COMMON_PAGES: tuple[Any, ...] = (
    service.health,
    service.asset,
    service.openapi,
    service.nothing_here,
    sign_in.sign_in_page,
    sign_in.sign_in,
    sign_in.demo_sign_in,
    sign_in.sign_out,
    home.home_page,
    first_day.first_day_page,
    more.more_page,
    accounts.accounts_page,
    accounts.new_account_page,
    accounts.make_account,
    accounts.account_page,
    accounts.change,
    audit.audit_page,
    *OWN_PAGES,
    *RUNNING_PAGES,
    *RELEASE_PAGES,
    InformationPages,
)
WORK_PAGES: tuple[Any, ...] = (
    *PROVIDER_PAGES,
    *TOKEN_PAGES,
    *ORDER_PAGES,
    *TASK_PAGES,
    *MESSAGE_PAGES,
    *STATEMENT_PAGES,
    *INTAKE_PAGES,
    *BOARD_WORK_PAGES,
    *COHORT_PAGES,
    *NOTICE_PAGES,
    *ACCESS_PAGES,
    *EMERGENCY_PAGES,
    *REGISTER_PAGES,
    people.people_page,
    people.person_page,
    people.timeline_page,
    referrals.referrals_page,
    referrals.referral_page,
    referrals.move,
    referrals.told,
    referrals.withdraw,
    cohorts.cohorts_page,
    cohorts.cohort_page,
    cohorts.place_page,
    cohorts.take_place,
    attendance.caseload_page,
    attendance.attendance_page,
    attendance.judge,
    registers.register_page,
    registers.save_register,
    corrections.correct_page,
    corrections.ask,
    corrections.corrections_page,
    corrections.settle,
)

COMMON_API: tuple[Any, ...] = (
    api_sign_in.api_sign_in,
    api_sign_in.api_passkey_options,
    api_sign_in.api_me,
    first_day.api_first_day,
    more.api_more,
    api_sign_in.api_sign_out,
    api_administration.api_accounts,
    api_administration.api_audit,
    *OWN_API,
    *RUNNING_API,
    *RELEASE_API,
)
WORK_API: tuple[Any, ...] = (
    *PROVIDER_API,
    *TOKEN_API,
    *ORDER_API,
    *TASK_API,
    *MESSAGE_API,
    *STATEMENT_API,
    *INTAKE_API,
    *BOARD_WORK_API,
    *COHORT_API,
    *NOTICE_API,
    *ACCESS_API,
    *EMERGENCY_API,
    *REGISTER_API,
    api_people.api_people,
    api_people.api_person,
    api_people.api_timeline,
    api_people.api_path,
    api_people.api_referrals,
    api_people.api_referral,
    api_cohorts.api_cohorts,
    api_cohorts.api_cohort,
    api_cohorts.api_register,
    api_cohorts.api_save_register,
    api_cohorts.api_attendance,
    api_cohorts.api_caseload,
)


def page_handlers(sides: Sequence[Side]) -> list[Any]:
    return [
        *COMMON_PAGES,
        *(WORK_PAGES if Side.WORK in sides else ()),
        *(SURVIVOR_PAGES if Side.SURVIVOR in sides else ()),
    ]


def api_handlers(sides: Sequence[Side]) -> list[Any]:
    return [
        *COMMON_API,
        *(WORK_API if Side.WORK in sides else ()),
        *(SURVIVOR_API if Side.SURVIVOR in sides else ()),
    ]
