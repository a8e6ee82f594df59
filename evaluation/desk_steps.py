"""What a member of staff does at the desk in a script: `staff: {does: …}` (evaluation/script.py)."""

from __future__ import annotations

from typing import Any

from lipei.client import StaffClient


def take(staff: StaffClient, conversation: str, does: str, **details: Any) -> None:
    """One act in this conversation. LookupError for one that nobody knows, and where there is no complaint."""
    here = f"/conversations/{conversation}"
    match does:
        case "online" | "away":
            staff.post("/presence", state=does)
        case "take":
            staff.post(f"{here}/typing")
        case "say":
            staff.post(f"{here}/messages", **details)
        case "note":
            staff.post(f"{here}/notes", **details)
        case "hand_back":
            staff.post(f"{here}/hand_back", **details)
        case "answer":
            found = [each for each in staff.get("/complaints") if each["conversation_id"] == conversation]
            if not found:
                raise LookupError("there is no complaint in this conversation")
            staff.post(f"/complaints/{found[0]['number']}/answer", **details)
        case _:
            raise LookupError(f"staff cannot {does!r}")
