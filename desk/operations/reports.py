"""The monthly report at the desk: the month's page, its PDF and its workbook, for a signed-in page."""

from __future__ import annotations

from claims import insight
from claims.insight import Month
from claims.staff import Right
from desk.access import Desk
from desk.door import operation
from desk.report import page, workbook


@operation(Right.READ_REPORTS)
def read_report(desk: Desk, month: str, form: str) -> bytes:
    """form: html, pdf or xlsx."""
    desk.note("report_read", f"report:{month}", {"form": form})
    report = insight.monthly(desk.session, Month.parse(month))
    if form == "pdf":
        return page.pdf(report)
    return workbook.xlsx(report) if form == "xlsx" else page.html(report).encode()
