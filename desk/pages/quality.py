"""Quality: a sample of conversations that ended, and the sheet for each."""

from __future__ import annotations

from html import escape
from typing import Any

from nicegui import ui

from claims import quality as rules
from claims.staff import Right
from desk.operations.quality import draw_sample, judge_talk, list_reviews, read_sampled
from desk.parts import markup
from desk.parts.frame import frame
from desk.seat import Seat, desk_page
from desk.wording import say


@desk_page("/quality", Right.SUPERVISE, say("nav.quality"))
async def quality(seat: Seat) -> None:
    """The sample left, the conversation with its sheet right, sheets so far below."""
    with frame(seat, "quality"), ui.element("div").classes("sheet"):
        with ui.element("div").classes("bar"):
            ui.label(say("nav.quality")).classes("title")
            days = ui.select(
                {1: say("quality.days", n=1), 7: say("quality.days", n=7), 30: say("quality.days", n=30)}, value=7
            )
            days.props("outlined dense")
            count = ui.number(say("quality.count"), value=5, min=1, max=20, precision=0).props("outlined dense")
            ui.button(say("quality.draw"), icon="casino", on_click=lambda: draw()).props("unelevated no-caps")
        with ui.element("div").classes("two judge"):
            sample = ui.element("div").classes("panel lines")
            judged = ui.element("div").classes("panel")
        with ui.element("section").classes("panel"):
            ui.label(say("quality.done")).classes("title")
            so_far = ui.html("", sanitize=False)

        async def draw() -> None:
            found = await seat.do(draw_sample, int(days.value), int(count.value or 5))
            sample.clear()
            with sample:
                for each in found or []:
                    with ui.element("button").classes("sampled").on("click", lambda each=each: read(each)):
                        ui.label(f"{each['agent']} · {each['reason']}").classes("name")
                        ui.label(f"{each['ended']} {each['wrap_up']}").classes("hint")
                if not found:
                    ui.label(say("quality.nothing")).classes("hint")

        async def read(each: dict[str, Any]) -> None:
            talk = await seat.do(read_sampled, each["id"])
            if talk is not None:
                judged.clear()
                with judged:
                    _sheet(seat, talk, after)

        async def after() -> None:
            judged.clear()
            so_far.content = _reviews(await seat.do(list_reviews) or [])

        so_far.content = _reviews(await seat.do(list_reviews) or [])


def _sheet(seat: Seat, talk: dict[str, Any], done: Any) -> None:
    ui.label(f"{talk['agent']} · {talk['ended']} · {talk['wrap_up']}").classes("title")
    if talk["note"]:
        ui.label(talk["note"]).classes("hint")
    ui.html("".join(markup.bubble(each) for each in talk["thread"]), sanitize=False).classes("thread short")
    sheet = rules.sheet()
    fields = {}
    for criterion in sheet.criteria:
        with ui.element("div").classes("criterion"):
            ui.label(f"{criterion.name}（{criterion.weight}）").tooltip(criterion.hint)
            fields[criterion.key] = ui.rating(max=sheet.points, size="1.4em")
    comment = ui.textarea(say("quality.comment")).props("outlined dense autogrow").classes("wide")

    async def keep() -> None:
        scores = {key: int(field.value or 0) for key, field in fields.items()}
        total = await seat.do(judge_talk, talk["id"], scores, comment.value or "")
        if total is not None:
            ui.notify(say("quality.kept", total=total), type="positive", position="top")
            await done()

    ui.button(say("do.save"), on_click=keep).props("unelevated no-caps")


def _reviews(reviews: list[dict[str, Any]]) -> str:
    rows = "".join(
        f"<tr><td>{escape(r['at'])}</td><td>{escape(r['agent'])}</td><td>{escape(r['reviewer'])}</td>"
        f"<td><b>{r['total']}</b></td><td>{escape(r['comment'])}</td></tr>"
        for r in reviews
    )
    heads = "".join(f"<th>{escape(say(f'quality.{h}'))}</th>" for h in ("at", "agent", "reviewer", "total", "comment"))
    return f"<table class='plain'><tr>{heads}</tr>{rows}</table>"
