import numpy as np
import pytest

from faq.calibrate import _answer_limit, _ask_limit, calibrate, held_out
from faq.catalogue import Entry
from faq.decide import FEATURES, Answer, AskBack, Calibration, Unknown, decide, features
from faq.index import Index
from tests.faq.conftest import CharacterEmbedder

ALWAYS, NEVER = 5.0, -5.0
FOREIGN = [
    "今天天气好吗",
    "推荐一部电影",
    "股票会涨吗",
    "帮我订酒店",
    "讲个笑话",
    "红烧肉怎么做",
    "几点开门",
    "你几岁了",
]


def model(constant: float) -> tuple[float, ...]:
    return (*[0.0] * len(FEATURES), constant)


@pytest.mark.parametrize(
    ("right", "ours", "kind"),
    [(ALWAYS, ALWAYS, Answer), (NEVER, ALWAYS, AskBack), (NEVER, NEVER, Unknown), (ALWAYS, NEVER, Unknown)],
)
def test_the_two_probabilities_decide(
    right: float, ours: float, kind: type, entries: list[Entry], embedder: CharacterEmbedder
) -> None:
    limits = Calibration(model(right), model(ours), answer_from=0.5, ask_from=0.5)
    assert isinstance(decide(Index(entries, embedder), limits, "玻璃碎了"), kind)


def test_asking_back_offers_three_best_first(entries: list[Entry], embedder: CharacterEmbedder) -> None:
    index = Index(entries, embedder)
    limits = Calibration(model(NEVER), model(ALWAYS), 0.5, 0.5)
    decision = decide(index, limits, "玻璃碎了")
    assert isinstance(decision, AskBack)
    assert [entry.id for entry in decision.choices] == [hit.entry_id for hit in index.search("玻璃碎了", 3)]


def test_a_text_without_words_is_unknown(entries: list[Entry], embedder: CharacterEmbedder) -> None:
    limits = Calibration(model(ALWAYS), model(ALWAYS), 0.5, 0.5)
    assert decide(Index(entries, embedder), limits, "…？") == Unknown(None)


def test_features_stand_for_few_entries_too(entries: list[Entry], embedder: CharacterEmbedder) -> None:
    rows = features(Index(entries[:1], embedder).score(["玻璃", "投诉"]))
    assert rows.shape == (2, len(FEATURES))
    assert np.isfinite(rows).all()


def test_each_phrasing_is_tried_once_while_held_out(entries: list[Entry], embedder: CharacterEmbedder) -> None:
    rows, ours, right = held_out(entries, embedder, FOREIGN)
    assert len(rows) == sum(len(entry.phrasings) for entry in entries) + len(FOREIGN)
    assert ours.sum() == sum(len(entry.phrasings) for entry in entries)
    assert not right[~ours].any()


def test_calibration_tells_ours_from_foreign(entries: list[Entry], embedder: CharacterEmbedder) -> None:
    limits = calibrate(entries, embedder, FOREIGN)
    index = Index(entries, embedder, FOREIGN)
    assert isinstance(decide(index, limits, "推荐一部电影"), Unknown)
    assert not isinstance(decide(index, limits, "赔款到账要几天"), Unknown)


def test_calibration_needs_something_to_learn_from(entries: list[Entry], embedder: CharacterEmbedder) -> None:
    with pytest.raises(ValueError, match="several phrasings"):
        calibrate(entries, embedder, [])


def test_the_answer_limit_keeps_precision_and_leaves_foreign_sentences_alone() -> None:
    p = np.array([0.95] * 20 + [0.6] * 10 + [0.9, 0.3])
    ours = np.array([True] * 30 + [False] * 2)
    right = np.array([True] * 20 + [False] * 12)
    limit = _answer_limit(p, ours, right)
    assert 0.9 < limit <= 0.95


def test_the_ask_limit_keeps_our_own_before_it_declines_others() -> None:
    ours = np.array([True] * 100 + [False] * 4)
    p = np.concatenate([np.linspace(0.3, 1.0, 100), [0.1, 0.2, 0.6, 0.7]])
    limit = _ask_limit(p, ours)
    assert (p[ours] >= limit).mean() >= 0.97
