import pytest

from faq.catalogue import Entry
from faq.index import Index
from tests.faq.conftest import CharacterEmbedder, make_entry


def test_every_phrasing_finds_its_entry_first(entries: list[Entry], embedder: CharacterEmbedder) -> None:
    index = Index(entries, embedder)
    for entry in entries:
        for text in entry.texts:
            assert index.search(text)[0].entry_id == entry.id


def test_hits_are_ordered_and_limited(entries: list[Entry], embedder: CharacterEmbedder) -> None:
    hits = Index(entries, embedder).search("玻璃碎了能报吗", k=3)
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].question == "车玻璃碎了赔吗"


def test_traditional_is_the_same_question(entries: list[Entry], embedder: CharacterEmbedder) -> None:
    index = Index(entries, embedder)
    assert index.search("前擋風玻璃裂了") == index.search("前挡风玻璃裂了")


def test_a_text_without_words_finds_nothing(entries: list[Entry], embedder: CharacterEmbedder) -> None:
    index = Index(entries, embedder)
    assert index.search("？？") == index.search("") == []


def test_same_words_have_the_highest_similarity(entries: list[Entry], embedder: CharacterEmbedder) -> None:
    scores = Index(entries, embedder, decoys=["今天天气好吗"]).score(["我要投诉", "今天天气好吗"])
    assert scores.similarity[0].max() == pytest.approx(1.5, abs=1e-3)
    assert scores.decoy[1] == pytest.approx(1.5, abs=1e-3)
    assert scores.decoy[0] < 1 > scores.similarity[1].max()


def test_all_texts_are_encoded_at_once(
    entries: list[Entry], embedder: CharacterEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    encode = embedder.encode
    monkeypatch.setattr(embedder, "encode", lambda texts: asked.append(list(texts)) or encode(texts))
    index = Index(entries, embedder, decoys=["今天天气好吗"])
    assert asked == [index.texts_embedded]
    assert {"几天打款", "今天天气好吗", "一个工作日到账。"} <= set(asked[0])


def test_bare_questions_without_phrasings_are_ranked_by_similarity(embedder: CharacterEmbedder) -> None:
    index = Index([make_entry("a", "住院怎么报销"), make_entry("b", "怎么投诉")], embedder)
    scores = index.score(["投诉"])
    assert (scores.rank == scores.similarity).all()
    assert index.search("投诉")[0].entry_id == "b"


def test_a_single_entry_is_enough(embedder: CharacterEmbedder) -> None:
    assert Index([make_entry("a", "住院怎么报销")], embedder).search("住院怎么报销")[0].score > 1


def test_queries_scored_together_or_alone_score_the_same(
    entries: list[Entry], embedder: CharacterEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(entries, embedder)
    together = index.score(["玻璃", "投诉", "住院"]).rank
    monkeypatch.setattr("faq.index._CELLS_AT_ONCE", 1)
    assert index.score(["玻璃", "投诉", "住院"]).rank == pytest.approx(together, abs=1e-4)
