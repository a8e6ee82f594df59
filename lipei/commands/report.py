"""`lipei report …`: the periodic reports, as files."""

from __future__ import annotations

from pathlib import Path

import typer

from claims import insight
from claims.database import unit_of_work
from claims.errors import BadInput
from claims.insight import Month
from lipei.console import console, fail
from lipei.settings import get_settings

app = typer.Typer(help="Periodic reports.", no_args_is_help=True)


@app.callback()
def reports() -> None:
    """Periodic reports."""


@app.command()
def monthly(
    month: str = typer.Option("", help="2026-10; without it the last full month."),
    out: Path | None = typer.Option(None, help="Folder for the files; without it var/reports."),
) -> None:
    """The monthly report as HTML, PDF and XLSX; no personal data, every figure with the rows behind it."""
    from desk.report import page, workbook

    try:
        wanted = Month.parse(month) if month else Month.last_full()
    except BadInput as error:
        fail(str(error))
    folder = out or get_settings().var_dir / "reports"
    with unit_of_work(read_only=True) as work:
        report = insight.monthly(work.session, wanted)
        files = {"html": page.html(report).encode(), "pdf": page.pdf(report), "xlsx": workbook.xlsx(report)}
    folder.mkdir(parents=True, exist_ok=True)
    for kind, content in files.items():
        file = folder / f"lipei-{wanted}.{kind}"
        file.write_bytes(content)
        console().print(str(file), soft_wrap=True)
    if report.empty:
        console().print(f"{wanted}: nothing happened in this month; the report says so.")
