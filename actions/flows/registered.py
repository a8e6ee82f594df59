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
    turn.say("utter_next_steps", steps=labels.lines([f"{step.name}：{step.promise}" for step in steps]))
    turn.say("utter_materials_complete", claim_no=claim.number, materials=checklist(turn, claim))


def checklist(turn: Turn, claim: Claim) -> str:
    """The claim's materials, a line each: name (what is accepted), and what it is for."""
    listed = [
        f"{item.name}（{item.accepted_form}）——{item.purpose}{'' if item.required else '【如有】'}"
        for item in materials.standing(turn.session, claim)
    ]
    return labels.lines(listed)
