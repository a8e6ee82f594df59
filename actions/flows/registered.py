"""What the customer hears once the claim is registered: number, next steps, and the complete list."""

from __future__ import annotations

from actions import labels
from actions.turn import Turn
from claims import materials
from claims.models import Claim
from claims.rules import service_levels


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
    needed, if_any = [], []
    for item in materials.standing(turn.session, claim):
        line = f"{item.name}（{item.accepted_form}）——{item.purpose}"
        (needed if item.required else if_any).append(line)
    response = "utter_materials_complete_with_if_any" if if_any else "utter_materials_complete"
    turn.say(response, claim_no=claim.number, materials=labels.lines(needed), if_any=labels.lines(if_any))
