"""The report as one HTML page that needs nothing from elsewhere; the PDF is made of the same page."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from claims import clock
from claims.feedback import MOODS, TOPICS
from claims.insight import MonthlyReport, Share
from claims.rules import causes
from desk.report import charts, words
from desk.report.words import say, title

HERE = Path(__file__).parent
_pages = Environment(
    loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def html(report: MonthlyReport) -> str:
    """The whole document."""
    return _pages.get_template("page.html.j2").render(
        report=report,
        style=Markup((HERE / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - a file of ours
        words=words.words(),
        say=say,
        title=title,
        short=_short,
        name=f"{report.month.year}年{report.month.month}月",
        made_at=f"{clock.local(report.made_at):%Y-%m-%d %H:%M}",
        cards=[_card(now, before) for now, before in zip(report.service.all, report.before.all, strict=True)],
        moods=MOODS,
        heat=_heat(report),
        peak=_peak(report),
        lines=_lines(report),
        charts={name: Markup(svg) for name, svg in _charts(report).items()},  # noqa: S704 - pygal escapes its labels
        percent=percent,
        money=money,
        hours=hours,
    )


def pdf(report: MonthlyReport) -> bytes:
    """The same page on A4."""
    document: bytes = printed(report).write_pdf()
    return document


def printed(report: MonthlyReport) -> Any:
    """The sheets of paper (weasyprint's document) before they become a file."""
    from weasyprint import HTML  # loads pango, which only this needs

    return HTML(string=html(report)).render()


def percent(value: Decimal | None) -> str:
    """ "92.5%"; a dash when there was nothing to divide by."""
    return "—" if value is None else f"{value}%"


def money(value: Decimal | None) -> str:
    """Whole yuan with separators."""
    return "—" if value is None else f"¥{value:,.0f}"


def hours(value: float | None) -> str:
    """One place."""
    return "—" if value is None else f"{value:,.1f}"


def verdict(share: Share) -> str:
    """met, missed, no_data or no_target: a name in wording.yml."""
    if share.percent is None:
        return "no_data"
    return "no_target" if share.met is None else "met" if share.met else "missed"


def _card(now: Share, before: Share) -> dict[str, Any]:
    target = "" if now.target is None else say("at_most" if now.at_most else "at_least", target=now.target)
    return {
        "title": title(now.key),
        "value": percent(now.percent),
        "of": say("of", part=len(now.part), whole=len(now.whole)),
        "target": target,
        "verdict": verdict(now),
        "before": say("before", percent=percent(before.percent)),
    }


def _heat(report: MonthlyReport) -> list[tuple[str, list[tuple[int, int]]]]:
    """By weekday: for each hour the count and its shade from 0 to 5."""
    counts = {at: each.value for at, each in report.volume.by_hour.items()}
    most = max(counts.values(), default=0)

    def cell(day: int, hour: int) -> tuple[int, int]:
        count = counts.get((day, hour), 0)
        return count, -(-5 * count // most) if most else 0

    return [(words.weekday(day), [cell(day, hour) for hour in range(24)]) for day in range(7)]


def _peak(report: MonthlyReport) -> str:
    if not report.volume.by_hour:
        return ""
    (day, hour), count = max(report.volume.by_hour.items(), key=lambda item: (item[1].value, -item[0][0], -item[0][1]))
    return say("peak", weekday=words.weekday(day), hour=hour, count=count.value)


def _lines(report: MonthlyReport) -> list[dict[str, Any]]:
    total = report.volume.reported.value
    return [
        {
            "name": causes.line_name(line),
            "count": count.value,
            "share": percent(Share("", count.rows, report.volume.reported.rows).percent) if total else "—",
            "paid": money(report.volume.paid_by_line[line].total),
            "mean": money(report.volume.paid_by_line[line].mean),
        }
        for line, count in report.volume.by_line.items()
    ]


def _charts(report: MonthlyReport) -> dict[str, str]:
    volume = report.volume
    days = zip(report.month.days, volume.by_day, strict=True)
    drawn = {
        "days": charts.columns([(str(day.day), count.value) for day, count in days], every=5),
        "lines": charts.bars([(causes.line_name(line), each.value) for line, each in volume.by_line.items()]),
        "paid": charts.bars(
            [(causes.line_name(line), float(each.total)) for line, each in volume.paid_by_line.items()]
        ),
        "steps": charts.bars(
            [(_short(each.key), each.median or 0.0) for each in report.durations.steps.values()], places=1
        ),
    }
    talks = report.talks
    if talks.escalations:
        drawn["escalations"] = charts.bars(
            [(words.named("reasons", reason), each.value) for reason, each in talks.escalations.items()]
        )
    if talks.by_channel:
        drawn["channels"] = charts.bars(
            [(words.named("channels", channel), each.value) for channel, each in talks.by_channel.items()]
        )
    if report.voices.topics:
        drawn["topics"] = charts.bars(
            [(TOPICS.get(topic, topic), each.value) for topic, each in report.voices.topics.items()]
        )
    return drawn


def _short(key: str) -> str:
    """Without what the heading of its table says already."""
    return title(key).removesuffix("耗时").removesuffix("按时")
