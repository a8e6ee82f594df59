"""What the customer hears once the claim is registered: number, next steps, and the complete list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from actions import labels
from actions.turn import Turn
from claims import materials
from claims.models import Claim
from claims.rules import service_levels


class Item(Protocol):
    """A material as it is told."""

    @property
    def name(self) -> str: ...
    @property
    def accepted_form(self) -> str: ...
    @property
    def purpose(self) -> str: ...
    @property
    def required(self) -> bool: ...


def tell(turn: Turn, claim: Claim) -> None:
    """The number, the next steps with their time promises, then all materials at once (Insurance Law art. 22)."""
    turn.say("utter_registered", claim_no=claim.number)
    steps = service_levels.next_steps_after_report(materials.facts_of(claim))
    turn.say(
        "utter_next_steps",
        steps=labels.lines([f"{step.name}：{step.promise}" for step in steps if step.kind == "step"]),
    )
    tell_checklist(turn, claim)


def tell_checklist(turn: Turn, claim: Claim) -> None:
    """The whole list, a line each: name (what is accepted), and what it is for. What every such claim needs comes
    first, then what is needed only if it applies."""
    say_checklist(turn, "utter_materials_complete", materials.standing(turn.session, claim), claim.number)


def say_checklist(turn: Turn, response: str, items: Sequence[Item], claim_no: str) -> None:
    """Say a list of materials with `response`, or its variant for lists that have a second part. By text message and
    on the telephone the names alone: what each is for is told when asked."""
    brief = turn.conversation.channel in labels.BRIEF
    shown = labels.short_list if brief else labels.lines
    needed, if_any = [], []
    for item in items:
        line = item.name if brief else f"{item.name}（{item.accepted_form}）——{item.purpose}"
        (needed if item.required else if_any).append(line)
    response = f"{response}_with_if_any" if if_any else response
    turn.say(response, claim_no=claim_no, materials=shown(needed), if_any=shown(if_any))
