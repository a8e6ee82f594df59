"""The monthly report: a month to choose, its page, and the files to save."""

from __future__ import annotations

from nicegui import ui

from claims.insight import Month
from claims.staff import Right
from desk.parts.frame import frame
from desk.seat import Seat, desk_page
from desk.wording import say

MONTHS = 13
"""The present one and a year before it."""


@desk_page("/reports", Right.READ_REPORTS, say("nav.reports"))
async def reports(seat: Seat) -> None:
    """The last full month first."""
    last = Month.last_full()
    months = [last.following, last]
    while len(months) < MONTHS:
        months.append(months[-1].previous)
    with frame(seat, "reports"), ui.element("div").classes("sheet"):
        with ui.element("div").classes("bar"):
            ui.label(say("nav.reports")).classes("title")
            month = ui.select([str(each) for each in months], value=str(last)).props("outlined dense")
            links = [ui.link(say(f"report.{form}"), "").classes("as-button") for form in ("html", "pdf", "xlsx")]
        shown = ui.element("iframe").classes("report")

        def draw() -> None:
            for link, form in zip(links, ("html", "pdf", "xlsx"), strict=True):
                link.props(f'href="/reports/{month.value}/{form}" target="_blank" rel="noopener"')
            shown.props(f'src="/reports/{month.value}/html" title="{say("nav.reports")} {month.value}"')

        month.on_value_change(draw)
        draw()
