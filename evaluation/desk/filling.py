"""`python -m evaluation.desk.filling AGENTS CONVERSATIONS`: an empty database becomes one in which agents have
conversations; prints one JSON object with the tokens of their sessions and of the customers."""

from __future__ import annotations

import json
import sys
from typing import Any

from claims import conversations, logins
from claims.database import unit_of_work, upgrade
from claims.handover import ownership
from claims.models import StaffAccount
from claims.vocabulary import Role

WEB = "webchat"


def fill(agents: int, open_conversations: int) -> dict[str, Any]:
    """{"tokens": of the agents' sessions, "held": [{"conversation_id", "token", "agent"}]}."""
    upgrade()
    with unit_of_work() as unit:
        people = [StaffAccount(login=f"a{n}", name=f"坐席{n}", role=Role.AGENT) for n in range(agents)]
        unit.session.add_all(people)
        unit.session.flush()
        held = []
        for number in range(open_conversations):
            chat, token = conversations.open_conversation(unit.session, WEB)
            ownership.take(unit.session, chat.id, people[number % agents])
            held.append({"conversation_id": chat.id, "token": token, "agent": number % agents})
        tokens = [logins.open_session(unit.session, account) for account in people]
        unit.commit()
    return {"tokens": tokens, "held": held}


if __name__ == "__main__":
    print(json.dumps(fill(int(sys.argv[1]), int(sys.argv[2]))))
