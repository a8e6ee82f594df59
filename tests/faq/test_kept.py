from pathlib import Path

import pytest

from faq import kept
from faq.catalogue import Entry
from faq.decide import Calibration
from tests.faq.conftest import CharacterEmbedder, make_entry
from tests.faq.test_decide import FOREIGN, model


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many entries each calibration was made from; each is another one."""
    sizes: list[int] = []

    def calibrate(entries: list[Entry], embedder: CharacterEmbedder, decoys: list[str]) -> Calibration:
        sizes.append(len(entries))
        return Calibration(model(len(sizes)), model(0.5), 0.25, 0.125)

    monkeypatch.setattr(kept, "calibrate", calibrate)
    return sizes


def test_it_is_made_once_for_the_same_entries(
    asked: list[int], entries: list[Entry], embedder: CharacterEmbedder, tmp_path: Path
) -> None:
    first = kept.calibration(entries, embedder, FOREIGN, tmp_path)
    assert kept.calibration(list(entries), CharacterEmbedder(), tuple(FOREIGN), tmp_path) == first
    assert asked == [len(entries)]


def test_whatever_it_follows_from_makes_another(
    asked: list[int],
    entries: list[Entry],
    embedder: CharacterEmbedder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def made() -> Calibration:
        return kept.calibration(entries, embedder, decoys, tmp_path / "kept")

    decoys = list(FOREIGN)
    results = [made()]
    entries[0] = make_entry(entries[0].id, entries[0].question, "另一句")
    results.append(made())
    decoys.append("附近有什么好吃的")
    results.append(made())
    embedder.name = "another"
    results.append(made())
    (tmp_path / "code.py").write_text("limit = 1")
    monkeypatch.setattr(kept, "CODE", tmp_path)
    results.append(made())
    assert len(asked) == len(set(results)) == 5
    assert len(list((tmp_path / "kept").iterdir())) == kept.KEPT_FILES


@pytest.mark.parametrize("content", ["", "{", "[]", '{"right": 1}', '{"right": ["x"], "ours": []}'])
def test_a_damaged_file_is_made_again(
    content: str, asked: list[int], entries: list[Entry], embedder: CharacterEmbedder, tmp_path: Path
) -> None:
    kept.calibration(entries, embedder, FOREIGN, tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_text(content)
    again = kept.calibration(entries, embedder, FOREIGN, tmp_path)
    assert len(asked) == 2
    assert kept.calibration(entries, embedder, FOREIGN, tmp_path) == again
    assert len(asked) == 2


def test_a_folder_that_cannot_be_written_costs_time_only(
    asked: list[int], entries: list[Entry], embedder: CharacterEmbedder, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    for _ in range(2):
        assert kept.calibration(entries, embedder, FOREIGN, tmp_path / "file" / "kept").answer_from == 0.25
    assert len(asked) == 2
