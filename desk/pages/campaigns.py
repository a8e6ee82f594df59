"""Campaigns of education: what is said to whom, looked at and approved by a second person, and what became of it."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from claims.staff import Right
from desk.operations.campaigns import (
    approve_campaign,
    campaign_templates,
    draft_campaign,
    list_campaigns,
    preview_campaign,
    stop_campaign,
)
from desk.parts import markup
from desk.parts.asking import ask
from desk.parts.cardlist import Done, Row, button, card, cards_page
from desk.seat import Seat
from desk.wording import say

SHOWN = ("cities", "lines", "details", "most", "ends", "author", "approved", "counts", "why_not")


def _card(seat: Seat, each: Row, done: Done) -> None:
    with card(each["name"], each, "campaign", SHOWN):
        button(say("campaign.preview"), lambda: _preview(seat, each, done))
        if each["state"] == "draft" and not each["over"] and each["own"]:
            ui.label(say("campaign.second")).classes("hint")
        if not each["over"] and seat.may(Right.APPROVE_CAMPAIGNS):
            button(say("campaign.stop"), lambda: _stop(seat, each, done))


async def _preview(seat: Seat, each: Row, done: Done) -> None:
    """What would be sent to how many; whoever may approve it does so here, having seen it."""
    seen = await seat.do(preview_campaign, each["id"])
    if seen is None:
        return
    waits = each["state"] == "draft" and not each["over"]
    approves = waits and seat.may(Right.APPROVE_CAMPAIGNS) and not each["own"]

    async def act() -> bool | None:
        return await seat.do(approve_campaign, each["id"]) if approves else True

    with ask(f"{say('campaign.preview')} {each['name']}", act, done, word=say("campaign.approve") if approves else ""):
        pairs = [(say(f"campaign.{name}"), value) for name, value in seen["counts"] if value]
        ui.html(markup.facts(pairs), sanitize=False)
        for name, hint in (("chat", ""), ("sms", say("campaign.segments", count=seen["segments"]))):
            ui.label(f"{say(f'campaign.{name}')}{hint}").classes("label")
            ui.label(seen[name]).classes("summary")


async def _stop(seat: Seat, each: Row, done: Done) -> None:
    if await seat.do(stop_campaign, each["id"]):
        await done()


async def _draft(seat: Seat, done: Done) -> None:
    templates = await seat.do(campaign_templates)
    if not templates:
        return
    needs: dict[str, ui.input] = {}

    async def act() -> str | None:
        details = {name: str(field.value or "") for name, field in needs.items()}
        limit = int(most.value) if most.value else None
        return await seat.do(
            draft_campaign, str(template.value), str(cities.value or ""), list(lines.value or []), details, limit
        )

    def chosen() -> None:
        of: dict[str, Any] = templates[str(template.value)]
        lines.set_options(of["lines"], value=list(of["lines"]))
        most.value = of["most"]
        text.text = of["text"]
        needs.clear()
        values.clear()
        with values:
            for name, what in of["needs"].items():
                needs[name] = ui.input(what).props("outlined dense maxlength=30").classes("wide")

    with ask(say("campaign.draft"), act, done, word=say("campaign.draft")):
        names = {key: each["name"] for key, each in templates.items()}
        template = ui.select(names, value=next(iter(names)), label=say("campaign.template"), on_change=chosen)
        text = ui.label().classes("summary")
        values = ui.element("div").classes("stack wide")
        cities = ui.input(say("campaign.cities_typed"))
        lines = ui.select({}, multiple=True, label=say("campaign.lines"))
        most = ui.number(say("campaign.most"), min=1, precision=0)
        for field in (template, cities, lines, most):
            field.props("outlined dense").classes("wide")
        chosen()


def _bar(seat: Seat, done: Done) -> None:
    ui.button(say("campaign.draft"), icon="edit_note", on_click=lambda: _draft(seat, done)).props("unelevated no-caps")


cards_page("/campaigns", "campaign", ("running", "all"), list_campaigns, _card, bar=_bar)
