"""What the editors of the knowledge base get to see."""

from __future__ import annotations

from sqlalchemy.orm import Session

from claims import unanswered
from claims.vocabulary import QuestionKind
from tests.desk.conftest import Call


def test_questions_are_grouped_with_suggestions_and_can_be_settled(ask: Call, session: Session) -> None:
    for text in ("车顶天窗玻璃裂了赔吗", "车顶的天窗玻璃裂了赔不赔"):
        unanswered.keep(session, text, "auto_glass", suggestions=["auto_glass", "auto_scratch"])
    unanswered.keep(session, "投诉了没人理", "complaint_how", kind=QuestionKind.DOWN_VOTE)
    session.commit()
    groups = ask("agent01", "GET", "/faq/questions").json()["groups"]
    assert [group["count"] for group in groups] == [2, 1]
    assert groups[0]["suggestions"][0] == {"entry": "auto_glass", "question": "车玻璃单独破碎赔不赔？"}
    (down,) = groups[1]["questions"]
    assert (down["kind"], down["entry"]) == ("down_vote", "complaint_how")
    assert ask("agent01", "POST", f"/faq/questions/{down['id']}/done").json()["state"] == "done"
    assert len(ask("agent01", "GET", "/faq/questions").json()["groups"]) == 1
    assert ask("agent01", "POST", f"/faq/questions/{down['id']}/done").status_code == 404
    assert ask("surveyor01", "POST", f"/faq/questions/{down['id']}/done").status_code == 403
