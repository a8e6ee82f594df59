"""Materials sent in the chat: stored and put down as received; recognition comes with row B3."""

from __future__ import annotations

from typing import Any

from actions import labels
from actions.flows import cases, identify
from actions.turn import Turn
from claims import casework, drafts, lifecycle, materials
from claims.models import Claim

#: What is gone on with after the proof.
WISH = "upload"


def receive(turn: Turn) -> None:
    """A photo or PDF, or the words that one was sent."""
    attachment_id = turn.heard.first("attachment_id")
    if attachment_id is None:
        turn.say("utter_send_material_how", awaiting="material")
        return
    details = {"attachment_id": str(attachment_id)}
    if kind := turn.heard.first("material_kind"):
        details["kind"] = str(kind)
    # What is handed in is kept either way; which claim it belongs to may need the proof first.
    claim = casework.reported_in(turn.session, turn.conversation.id)
    if claim is not None and claim.state not in lifecycle.ENDED:
        _put_down(turn, claim, details)
    elif drafts.open_draft(turn.session, turn.conversation.id) is not None:
        turn.say("utter_upload_kept_for_report")
    elif identify.require(turn, WISH, **details):
        after_proof(turn, details)


def after_proof(turn: Turn, details: dict[str, Any]) -> None:
    """Put the file to the customer's open claim, or ask which one."""
    open_claims = [c for c in casework.visible(turn.session, turn.conversation) if c.state not in lifecycle.ENDED]
    if number := turn.heard.first("claim_no"):
        open_claims = [c for c in open_claims if c.number == str(number)]
    if not open_claims:
        turn.say("utter_upload_kept")
    elif len(open_claims) == 1:
        _put_down(turn, open_claims[0], details)
    else:
        ident = details["attachment_id"]
        buttons = [
            {
                "title": cases.label(c),
                "payload": f'/submit_material{{"attachment_id": "{ident}", "claim_no": "{c.number}"}}',
            }
            for c in open_claims[:8]
        ]
        turn.say("utter_which_claim", awaiting="choice", count=len(open_claims), buttons=buttons)


def _put_down(turn: Turn, claim: Claim, details: dict[str, Any]) -> None:
    kind = details.get("kind")
    waiting = [i for i in materials.standing(turn.session, claim) if i.state in ("missing", "rejected")]
    if kind is None and len(waiting) > 1:
        ident = details["attachment_id"]
        buttons = [
            {
                "title": item.name,
                "payload": f'/submit_material{{"attachment_id": "{ident}", "material_kind": "{item.kind}", '
                f'"claim_no": "{claim.number}"}}',
            }
            for item in waiting
        ]
        turn.say("utter_which_material", awaiting="choice", buttons=buttons)
        return
    if kind is None and not waiting:
        turn.say("utter_upload_kept")
        return
    material = materials.receive(turn.session, claim, kind or waiting[0].kind, details["attachment_id"])
    missing = [
        i.name for i in materials.standing(turn.session, claim) if i.state in ("missing", "rejected") and i.required
    ]
    turn.say("utter_material_received", name=materials.name_of(material), about=cases.label(claim))
    if missing:
        turn.say("utter_still_missing_short", missing=labels.short_list(missing))
    else:
        turn.say("utter_materials_all_there", about=cases.label(claim))
