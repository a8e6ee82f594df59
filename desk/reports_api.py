"""The monthly report for staff: the page, the PDF, the workbook, the figures as JSON and the rows behind each."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from claims import insight
from claims.errors import NotFound
from claims.insight import Amount, Figure, Month, MonthlyReport, Share, Spread
from claims.insight.figures import row_sets
from claims.staff import Right
from desk.access import Desk, desk_with
from desk.report import page, workbook
from desk.report.words import title
from desk.views import Json, yuan

router = APIRouter(prefix="/api/staff/reports/monthly", tags=["reports"])

ReportsDesk = Annotated[Desk, Depends(desk_with(Right.READ_REPORTS), scope="function")]
InMonth = Annotated[str, Path(pattern=r"^20\d\d-(0[1-9]|1[0-2])$", description="2026-10")]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The page brings its style along and loads nothing.
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@router.get("/{month}", summary="月报数据")
def figures(desk: ReportsDesk, month: InMonth) -> Json:
    """Every figure with its value; `rows` gives the records behind one."""
    report = _report(desk, month, "json")
    return {
        "month": month,
        "complete": report.complete,
        "empty": report.empty,
        "figures": [_figure(each) for each in report.figures()],
    }


@router.get("/{month}/rows", summary="一个数字背后的记录")
def rows(
    desk: ReportsDesk,
    month: InMonth,
    figure: Annotated[str, Query(pattern=r"^[a-z0-9_-]{1,60}$")],
    after: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
) -> Json:
    """Ids by role: part and whole of a share, rows of all others. after: how many to pass over."""
    found = _report(desk, month, f"rows:{figure}").figure(figure)
    if found is None:
        raise NotFound(f"no figure {figure}")
    return {
        "figure": figure,
        "title": title(figure),
        "rows": [
            {"role": role, "table": each.table, "count": len(each), "ids": each.ids[after : after + limit]}
            for role, each in row_sets(found)
        ],
    }


@router.get("/{month}/report.html", summary="月报网页")
def as_page(desk: ReportsDesk, month: InMonth) -> Response:
    """One page that needs nothing from elsewhere."""
    text = page.html(_report(desk, month, "html"))
    return Response(text, media_type="text/html", headers={"Content-Security-Policy": PAGE_POLICY})


@router.get("/{month}/report.pdf", summary="月报 PDF")
def as_pdf(desk: ReportsDesk, month: InMonth) -> Response:
    """The same page on A4."""
    return _file(page.pdf(_report(desk, month, "pdf")), "application/pdf", f"lipei-{month}.pdf")


@router.get("/{month}/report.xlsx", summary="月报工作簿")
def as_workbook(desk: ReportsDesk, month: InMonth) -> Response:
    """All figures, with a sheet of the rows behind them."""
    return _file(workbook.xlsx(_report(desk, month, "xlsx")), XLSX, f"lipei-{month}.xlsx")


def _report(desk: Desk, month: str, form: str) -> MonthlyReport:
    desk.note("report_read", f"report:{month}", {"form": form})
    return insight.monthly(desk.session, Month.parse(month))


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _figure(each: Figure) -> Json:
    shown: Json = {"key": each.key, "title": title(each.key)}
    match each:
        case Share():
            percent = float(each.percent) if each.percent is not None else None
            target = float(each.target) if each.target is not None else None
            return shown | {
                "kind": "share",
                "part": len(each.part),
                "whole": len(each.whole),
                "percent": percent,
                "target": target,
                "met": each.met,
            }
        case Amount():
            return shown | {
                "kind": "amount",
                "count": len(each.rows),
                "total": yuan(each.total),
                "mean": yuan(each.mean),
            }
        case Spread():
            hours = {"mean": each.mean, "median": each.median, "nine_of_ten": each.most}
            return shown | {"kind": "hours", "count": len(each.rows), **hours}
        case _:
            return shown | {"kind": "count", "count": each.value}
