from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from faq.questions import grouped

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass
class Kept:
    id: str
    text: str
    count: int = 1
    best_entry: str | None = None
    kind: str = "unanswered"
    suggestions: list[str] = field(default_factory=list)
    asked_at: datetime = NOON
    last_asked_at: datetime = NOON


def ids(groups: list[dict]) -> list[list[str]]:
    return [[question["id"] for question in group["questions"]] for group in groups]


def test_similar_words_are_one_group_the_most_asked_first() -> None:
    groups = grouped(
        [Kept("a", "怎么开发票"), Kept("b", "天窗玻璃裂了赔吗"), Kept("c", "天窗玻璃裂了，赔不赔", count=3)]
    )
    assert ids(groups) == [["c", "b"], ["a"]]
    assert groups[0]["count"] == 4


def test_less_similar_words_are_one_group_when_the_same_entry_is_near() -> None:
    asked = [
        Kept("a", "天窗裂了能赔吗", best_entry="auto_glass"),
        Kept("b", "顶上天窗碎了能赔不", best_entry="auto_glass"),
    ]
    assert len(grouped(asked)) == 1
    asked[1].best_entry = "auto_scratch"
    assert len(grouped(asked)) == 2


def test_a_group_carries_its_times_and_the_entries_that_most_of_it_suggests() -> None:
    later = NOON + timedelta(days=3)
    asked = [
        Kept("a", "天窗玻璃裂了赔吗", suggestions=["auto_scratch", "auto_glass"]),
        Kept("b", "天窗玻璃裂了赔不赔", count=4, suggestions=["auto_glass"], last_asked_at=later),
    ]
    (group,) = grouped(asked)
    assert [suggestion["entry"] for suggestion in group["suggestions"]] == ["auto_glass", "auto_scratch"]
    assert group["suggestions"][0]["question"] == "车玻璃单独破碎赔不赔？"
    assert (group["first_asked_at"], group["last_asked_at"]) == (NOON.isoformat(), later.isoformat())


def test_nothing_and_one_question() -> None:
    assert grouped([]) == []
    assert ids(grouped([Kept("a", "？？")])) == [["a"]]
