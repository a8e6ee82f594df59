from collections import Counter
from pathlib import Path

import pytest
import yaml

from evaluation.extras import EXTRAS
from evaluation.lines import InputError
from evaluation.pipelines.project import load, names, stratified, training_sentences, write_project

ROOT = Path(__file__).resolve().parents[3]
SENTENCES = [
    (f"{intent} {n}", intent) for intent, count in (("greet", 40), ("deny", 8), ("thank", 1)) for n in range(count)
]


def test_every_pipeline_can_be_read_and_what_it_fetches_is_known() -> None:
    for name in names():
        pipeline = load(name)
        assert pipeline.title and pipeline.components
        assert set(pipeline.fetch) <= set(EXTRAS)
    with pytest.raises(InputError, match=r"no pipeline best; there are diet, "):
        load("best")


def test_ours_is_the_classifier_that_the_bot_runs() -> None:
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    (running,) = (entry for entry in config if entry["name"].endswith("SentenceIntentClassifier"))
    assert running in load("ours").components


def test_training_sentences_are_those_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "a.yml").write_text(
        "nlu:\n- intent: greet\n  examples: |\n    - 你好\n    - 早 - 上好\n", encoding="utf-8"
    )
    (tmp_path / "more" / "b.yml").write_text("nlu:\n- synonym: x\n  examples: |\n    - y\n", encoding="utf-8")
    assert training_sentences(tmp_path) == [("你好", "greet"), ("早 - 上好", "greet")]
    with pytest.raises(InputError, match="no training sentences"):
        training_sentences(tmp_path / "more")


def test_a_share_is_of_each_intent_and_leaves_none_out() -> None:
    chosen = stratified(SENTENCES, 0.25)
    assert Counter(intent for _, intent in chosen) == {"greet": 10, "deny": 2, "thank": 1}
    assert chosen == stratified(SENTENCES, 0.25)
    assert set(chosen) < set(stratified(SENTENCES, 0.5)) < set(SENTENCES)
    assert sorted(stratified(SENTENCES, 1)) == sorted(SENTENCES)
    assert [text for text, _ in chosen[:10]] != [text for text, _ in SENTENCES[:10]]


@pytest.mark.parametrize("share", [0, -0.5, 1.01])
def test_an_impossible_share_is_refused(share: float) -> None:
    with pytest.raises(InputError, match="a share lies"):
        stratified(SENTENCES, share)


def test_a_project_is_what_rasa_reads(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    write_project(folder, load("diet"), [("你好: 在吗", "greet"), ("不用", "deny"), ("早", "greet")], epochs=7)
    config = yaml.safe_load((folder / "config.yml").read_text(encoding="utf-8"))
    assert config["recipe"] == "default.v1"
    assert [entry.get("epochs") for entry in config["pipeline"]] == [None, None, None, 7]
    assert load("diet").components[-1]["epochs"] == 100
    assert training_sentences(folder / "data") == [("你好: 在吗", "greet"), ("早", "greet"), ("不用", "deny")]
