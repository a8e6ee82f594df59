"""The report as a workbook: every figure on one sheet, durations on the next, and the rows behind all of them."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from claims import clock
from claims.insight import Amount, Figure, MonthlyReport, Share, Spread
from claims.insight.figures import row_sets
from desk.report.page import verdict
from desk.report.words import named, say, title, words

MOST_ROWS = 50_000
"""Of one figure: a sheet holds a million, and nobody reads as many."""
HEAD = PatternFill("solid", fgColor="0F766E")
MONEY = "#,##0.00"


def xlsx(report: MonthlyReport) -> bytes:
    """The workbook as a file."""
    book = Workbook()
    book.remove(book.active)
    _summary(book, report)
    _durations(book, report)
    _rows(book, report)
    stored = BytesIO()
    book.save(stored)
    return stored.getvalue()


def _summary(book: Workbook, report: MonthlyReport) -> None:
    sheet = book.create_sheet(say("sheet_summary"))
    sheet.append([f"{words()['title']} {report.month}"])
    sheet.append([say("subtitle", first=report.month.first, last=report.month.last)])
    sheet.append([say("made", at=f"{clock.local(report.made_at):%Y-%m-%d %H:%M}")])
    if not report.complete:
        sheet.append([say("partial")])
    if report.empty:
        sheet.append([say("empty")])
    sheet.append([])
    names = ("figure", "numerator", "denominator", "percent", "amount", "target", "result")
    _head(sheet, names)
    for figure in report.figures():
        if not isinstance(figure, Spread):
            sheet.append([title(figure.key), *_values(figure)])
            sheet.cell(sheet.max_row, 5).number_format = MONEY
    sheet["A1"].font = Font(bold=True, size=15)
    _widths(sheet, (34, 10, 10, 12, 16, 12, 10))


def _values(figure: Figure) -> list[Any]:
    if isinstance(figure, Share):
        result = verdict(figure)
        return [
            len(figure.part),
            len(figure.whole),
            figure.percent,
            None,
            None if figure.target is None else f"{'≤' if figure.at_most else '≥'} {figure.target}%",
            say(result) if result != "no_target" else None,
        ]
    return [len(figure.rows), None, None, figure.total if isinstance(figure, Amount) else None]


def _durations(book: Workbook, report: MonthlyReport) -> None:
    sheet = book.create_sheet(say("sheet_time"))
    _head(sheet, ("step", "count", "mean", "median", "most"))
    for spread in (*report.durations.steps.values(), report.durations.whole):
        measured = (spread.mean, spread.median, spread.most)
        sheet.append(
            [title(spread.key), len(spread.rows), *(None if each is None else round(each, 1) for each in measured)]
        )
    _widths(sheet, (26, 10, 10, 10, 14))


def _rows(book: Workbook, report: MonthlyReport) -> None:
    sheet = book.create_sheet(say("sheet_rows"))
    _head(sheet, ("figure", "role", "table", "row"))
    for figure in report.figures():
        for role, rows in row_sets(figure):
            start = (title(figure.key), say(f"role_{role}"), named("tables", rows.table))
            if len(rows) > MOST_ROWS:
                sheet.append([*start, say("rows_left_out", limit=MOST_ROWS)])
                continue
            for row_id in rows.ids:
                sheet.append([*start, row_id])
    sheet.auto_filter.ref = sheet.dimensions
    _widths(sheet, (34, 8, 14, 40))


def _head(sheet: Worksheet, names: Iterable[str]) -> None:
    sheet.append([say(name) for name in names])
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEAD
        cell.alignment = Alignment(horizontal="center")
    sheet.freeze_panes = f"A{sheet.max_row + 1}"


def _widths(sheet: Worksheet, widths: Iterable[int]) -> None:
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
