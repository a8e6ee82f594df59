import numpy as np
import pytest

from faq.catalogue import Entry
from faq.index import Index
from tests.faq.conftest import CharacterEmbedder

DECOYS = ["今天天气好吗", "推荐一部电影", "讲个笑话", "红烧肉怎么做"]


@pytest.fixture
def index(entries: list[Entry], embedder: CharacterEmbedder) -> Index:
    return Index(entries, embedder, DECOYS)


def test_texts_belong_to_their_entry(index: Index, entries: list[Entry]) -> None:
    for place, entry in enumerate(entries):
        belonging = index.score(entry.texts).belonging
        assert (belonging.argmax(axis=1) == place).all()
        assert (belonging.max(axis=1) > 0.5).all()


def test_what_is_not_ours_belongs_to_no_entry(index: Index) -> None:
    assert (index.score(DECOYS).belonging.max(axis=1) < 0.3).all()


def test_a_knowledge_base_too_large_for_it_goes_without(
    entries: list[Entry], embedder: CharacterEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faq.index.MOST_TEXTS", 5)
    index = Index(entries, embedder, DECOYS)
    assert not np.any(index.score(["我要投诉"]).belonging)
    assert index.search("我要投诉")[0].entry_id == "complaint"
