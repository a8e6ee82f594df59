"""A claim in short, as it stands beside a conversation."""

from __future__ import annotations

from nicegui import ui

from desk.cards import Card
from desk.parts import markup
from desk.wording import named, say

STATE_ICONS = {
    "missing": "radio_button_unchecked",
    "received": "hourglass_top",
    "accepted": "check_circle",
    "rejected": "cancel",
}


def brief(claim: Card, *, unfolded: bool) -> None:
    """State and clock; facts, materials, policy and timeline to unfold."""
    with ui.element("section").classes("claim"):
        with ui.element("div").classes("between"):
            ui.link(claim["number"], f"/cases/{claim['number']}").classes("mono")
            ui.label(claim["state_name"]).classes(f"state s-{claim['state']}")
        ui.label(f"{claim['line']} · {claim['cause']}").classes("sub")
        ui.html(markup.clock(claim["clock"]), sanitize=False)
        with ui.expansion(say("case.facts"), value=unfolded).props("dense"):
            ui.html(markup.facts(claim["facts"]), sanitize=False)
        waiting = sum(item["state"] in ("missing", "rejected") and item["required"] for item in claim["materials"])
        with ui.expansion(f"{say('case.materials')}（{say('case.short_of', count=waiting)}）").props("dense"):
            for item in claim["materials"]:
                material_line(item)
        if claim["policy"]:
            with ui.expansion(say("case.policy")).props("dense"):
                policy(claim["policy"])
        with ui.expansion(say("case.timeline")).props("dense"):
            timeline(claim["timeline"])


def material_line(item: Card) -> None:
    """One item of the checklist: state, name, why it was rejected, files."""
    with ui.element("div").classes(f"material {item['state']}"):
        ui.icon(STATE_ICONS[item["state"]])
        with ui.element("div").classes("grow"):
            ui.label(item["name"] + ("" if item["required"] else say("case.optional")))
            if item["reason"]:
                ui.label(item["reason"]).classes("why")
            if item["files"]:
                ui.html("".join(markup.file(each) for each in item["files"]), sanitize=False).classes("files")
        ui.label(named("material_states", item["state"])).classes("hint")


def policy(found: Card) -> None:
    """A policy with what it covers."""
    pairs = [
        (say("case.policy_no"), found["number"]),
        (say("case.product"), found["product"]),
        (say("case.holder"), found["holder"]),
        (say("case.insured"), found["insured"]),
        (say("case.term"), f"{found['from']} – {found['until']}"),
    ]
    ui.html(markup.facts([pair for pair in pairs if pair[1]]), sanitize=False)
    for item in found["plan"]:
        limits = say("case.limit", limit=item["limit"], deductible=item["deductible"])
        ui.html(markup.facts([(item["name"], limits)]), sanitize=False)


def clocks(running: list[Card]) -> None:
    """The clocks that run, the one that ends first, first: how each stands, when it was warned of, why it was moved."""
    for each in running:
        with ui.element("div").classes("ticking"):
            ui.html(markup.clock({**each, "next": each["name"]}), sanitize=False)
            left = say("clock.over", time=each["over"]) if each["over"] else say("clock.to_go", time=each["left"])
            ui.label(left).classes("told")
            if each["warned"]:
                ui.label(say("clock.warned", at=each["warned"])).classes("told hint")
            if each["moved"]:
                ui.label(f"{say('clock.moved')}：{each['moved']}").classes("told hint")
    if not running:
        ui.label(say("clock.none")).classes("hint")


def timeline(entries: list[Card]) -> None:
    """The steps, the newest first."""
    for entry in reversed(entries):
        with ui.element("div").classes("step"):
            ui.label(entry["state"]).classes("name")
            ui.label(f"{entry['at']} {entry['actor']}").classes("hint")
            if entry["note"]:
                ui.label(entry["note"]).classes("note")
