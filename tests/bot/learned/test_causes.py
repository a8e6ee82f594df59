"""A small cause model: what the rules cannot read is learned, what they read well stands."""

from pathlib import Path

import numpy as np
import pytest

from bot.learned import causes
from bot.learned.causes import CauseModel
from bot.values import extract

from ..values.helpers import NOW

TOLD = {
    "theft": ["早上轮子没了，车用砖垫着", "一觉醒来油箱空了", "夜里被人搬空了", "钥匙没拔，叫人开跑了"],
    "glass": ["前挡崩了个星", "天窗裂成蜘蛛网", "侧窗碎一地", "后挡风成渣了"],
    "none": ["我要报案", "昨天下午三点", "材料交齐了吗", "什么时候打款", "转人工", "电话换了"],
}
PAIRS = [(text, cause) for cause, texts in TOLD.items() for text in texts for _ in range(3)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> CauseModel:
    patch = pytest.MonkeyPatch()
    patch.setenv("LIPEI_EMBEDDINGS_DIR", str(tmp_path_factory.mktemp("embeddings")))
    try:
        return CauseModel.fit(PAIRS, ["昨天下午三点，损失三千", "你好我要报案"])
    finally:
        patch.undo()


def cause(model: CauseModel, text: str) -> list[str]:
    entities = extract(text, NOW, None, cause=causes.reader(model))
    return [each["value"] for each in entities if each["entity"] == "cause"]


def test_a_loss_told_without_its_name_is_understood(model: CauseModel) -> None:
    text = "一觉醒来油箱里空空的了"
    assert not [each for each in extract(text, NOW) if each["entity"] == "cause"]
    assert cause(model, text) == ["theft"]


@pytest.mark.parametrize("text", ["我要报个案", "电话号码换了", ""])
def test_nothing_told_nothing_read(model: CauseModel, text: str) -> None:
    assert cause(model, text) == []


def test_what_the_rules_deny_stays_denied(model: CauseModel) -> None:
    assert cause(model, "没有被偷") == []


def test_kept_and_loaded_it_reads_the_same(model: CauseModel, tmp_path: Path) -> None:
    model.save(tmp_path / "causes.npz")
    again = CauseModel.load(tmp_path / "causes.npz")
    assert again.labels == model.labels
    assert cause(again, "一觉醒来油箱里空空的了") == ["theft"]


@pytest.mark.parametrize(
    ("text", "guess", "sure", "expected"),
    [
        ("车追尾了", "glass", 0.9, "glass"),
        ("车追尾了", "glass", 0.8, "collision_multi"),
        ("车追尾了", "death", 0.96, "collision_multi"),
        ("车追尾了", "death", 0.98, "death"),
        ("我家的狗把邻居咬了", "glass", 0.96, "third_party_injury"),
        ("车追尾了", "none", 0.99, "collision_multi"),
    ],
)
def test_the_graver_the_matter_the_surer_the_model_must_be(
    model: CauseModel, monkeypatch: pytest.MonkeyPatch, text: str, guess: str, sure: float, expected: str
) -> None:
    told = np.full(len(model.labels), (1 - sure) / (len(model.labels) - 1))
    told[model.labels.index(guess)] = sure
    monkeypatch.setattr(model, "probabilities", lambda text, opinion: told)
    assert cause(model, text) == [expected]
