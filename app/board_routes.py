"""What the board and managers read: releases on both sides, the management report on one."""

from typing import Any

from app.api import releases as api_releases
from app.pages import release_downloads, releases
from app.report_routes import REPORT_API, REPORT_PAGES

RELEASE_PAGES: tuple[Any, ...] = (
    releases.releases_page,
    releases.release_page,
    releases.release_chart,
    release_downloads.release_workbook,
    release_downloads.release_document,
)
RELEASE_API: tuple[Any, ...] = (api_releases.api_releases, api_releases.api_release)
BOARD_WORK_PAGES: tuple[Any, ...] = (
    releases.propose,
    releases.publish,
    *REPORT_PAGES,
)
BOARD_WORK_API: tuple[Any, ...] = REPORT_API
