"""For the editors of the knowledge base: questions that were not answered, or not helpfully."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from claims import unanswered
from desk.access import TalksDesk
from desk.views import Json
from faq.questions import grouped

router = APIRouter(prefix="/api/staff/faq", tags=["faq"])


@router.get("/questions", summary="知识库没有答上、或没帮到客户的问题")
def list_questions(desk: TalksDesk, limit: Annotated[int, Query(ge=1, le=500)] = 200) -> Json:
    """Open questions, grouped where they ask the same, the most asked first, with suggested entries.

    kind: unanswered, or down_vote (entry is the answer that did not help). Personal data in the texts is masked.
    """
    groups = grouped(unanswered.waiting(desk.session, limit))
    desk.note("faq_questions_listed", "faq", {"count": sum(len(group["questions"]) for group in groups)})
    return {"groups": groups}


@router.post("/questions/{question_id}/done", summary="标记一个问题已处理")
def settle_question(desk: TalksDesk, question_id: Annotated[str, Path(max_length=36, pattern=r"^[0-9a-f-]+$")]) -> Json:
    """An editor has dealt with it; it is listed no longer."""
    question = unanswered.find(desk.session, question_id)
    unanswered.settle(desk.session, question)
    desk.note("faq_question_settled", f"question:{question.id}")
    return {"id": question.id, "state": question.state.value}
