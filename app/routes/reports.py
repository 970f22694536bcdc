"""The management report: its pages, pictures and files, and the costs it is counted from."""

from typing import Any

from app.api import report as api_report
from app.pages import costs, report, report_parts

REPORT_PAGES: tuple[Any, ...] = (
    report.report_page,
    report.report_chart,
    report.report_funnel,
    report.report_csv,
    report.report_workbook,
    report.report_document,
    report_parts.report_part_page,
    report_parts.report_part_picture,
    report_parts.report_counted_page,
    costs.costs_page,
    costs.enter,
    costs.withdraw,
)
REPORT_API: tuple[Any, ...] = (
    api_report.api_report,
    api_report.api_report_part,
    api_report.api_report_counted,
    api_report.api_costs,
    api_report.api_enter_cost,
    api_report.api_withdraw_cost,
)
