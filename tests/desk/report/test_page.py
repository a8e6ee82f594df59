"""The report on screen, on paper and as a workbook."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import openpyxl
from sqlalchemy import select

from claims import insight
from claims.database import unit_of_work
from claims.insight import Month, MonthlyReport, Share
from claims.insight.figures import row_sets
from claims.models import Customer
from desk.report import page, words, workbook


def test_the_page_shows_every_share_with_its_parts(report: MonthlyReport) -> None:
    html = page.html(report)
    for share in (*report.service.all, *report.durations.promises):
        assert words.title(share.key).removesuffix("按时") in html
        assert f"{len(share.part)} / {len(share.whole)}" in html
    assert html.count("<svg") == 7
    assert "<script" not in html
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", html)  # nothing is fetched from elsewhere


def test_the_page_holds_nothing_personal(report: MonthlyReport, history_url: str) -> None:
    html = page.html(report)
    with unit_of_work(history_url, read_only=True) as unit:
        for customer in unit.session.scalars(select(Customer)):
            assert customer.name not in html
            assert customer.phone not in html


def test_a_month_without_rows_says_so(history_url: str) -> None:
    with unit_of_work(history_url, read_only=True) as unit:
        empty = insight.monthly(unit.session, Month(2024, 2))
    html = page.html(empty)
    assert words.say("empty") in html
    assert "<svg" not in html
    cells = [cell for row in _book(empty)["概览"].iter_rows(values_only=True) for cell in row]
    assert words.say("empty") in cells


def test_a_month_that_goes_on_says_so(report: MonthlyReport) -> None:
    early = replace(report, made_at=report.month.start)
    assert words.say("partial") in page.html(early)
    assert words.say("partial") not in page.html(report)


def test_the_pdf_is_the_page_on_paper(report: MonthlyReport) -> None:
    sheets = page.printed(report)
    assert 2 <= len(sheets.pages) <= 3
    assert sheets.write_pdf().startswith(b"%PDF")


def test_the_workbook_names_the_rows_behind_every_figure(report: MonthlyReport) -> None:
    sheet = _book(report)["明细"]
    listed = [tuple(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    wanted = [
        (words.title(figure.key), words.say(f"role_{role}"), words.named("tables", rows.table), row_id)
        for figure in report.figures()
        for role, rows in row_sets(figure)
        for row_id in rows.ids
    ]
    assert listed == wanted
    assert len(wanted) > 100


def test_the_workbook_counts_what_the_page_counts(report: MonthlyReport) -> None:
    rows = {row[0]: row for row in _book(report)["概览"].iter_rows(values_only=True)}
    for figure in report.figures():
        if isinstance(figure, Share):
            assert rows[words.title(figure.key)][1:3] == (len(figure.part), len(figure.whole))
    assert rows["赔付"][4] == float(report.volume.paid.total)


def _book(report: MonthlyReport) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(workbook.xlsx(report)))
