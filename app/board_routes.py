"""What the board and managers read: releases on both sides, the management report on one."""

from typing import Any

from app.api import releases as api_releases
from app.api import report as api_report
from app.pages import release_downloads, releases, report

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
    report.report_page,
    report.report_chart,
    report.report_csv,
    report.report_workbook,
)
BOARD_WORK_API: tuple[Any, ...] = (api_report.api_report,)
