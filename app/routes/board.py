"""What the board and managers read: releases on both sides, the management report on one."""

from typing import Any

from app.api import partners as api_partners
from app.api import releases as api_releases
from app.pages import partners, release_counted, release_downloads, releases
from app.routes.reports import REPORT_API, REPORT_PAGES

RELEASE_PAGES: tuple[Any, ...] = (
    releases.releases_page,
    releases.release_page,
    release_counted.release_counted_page,
    releases.release_chart,
    release_downloads.release_workbook,
    release_downloads.release_document,
)
RELEASE_API: tuple[Any, ...] = (
    api_releases.api_releases,
    api_releases.api_release,
    api_partners.api_release_counted,
)
BOARD_WORK_PAGES: tuple[Any, ...] = (
    releases.propose,
    releases.publish,
    partners.partners_page,
    partners.enter,
    partners.withdraw,
    *REPORT_PAGES,
)
BOARD_WORK_API: tuple[Any, ...] = (
    *REPORT_API,
    api_partners.api_partners,
    api_partners.api_enter_figure,
    api_partners.api_withdraw_figure,
)
