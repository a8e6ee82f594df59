from pathlib import Path

from faq.catalogue import Entry
from faq.store import KEPT_FILES, DiskStore, open_index
from tests.faq.conftest import CharacterEmbedder, make_entry


def test_a_second_start_encodes_nothing(entries: list[Entry], tmp_path: Path) -> None:
    first = open_index(entries, CharacterEmbedder(), DiskStore(tmp_path), ["今天天气好吗"])
    later = CharacterEmbedder()
    again = open_index(entries, later, DiskStore(tmp_path), ["今天天气好吗"])
    assert later.encoded == []
    assert again.search("玻璃碎了") == first.search("玻璃碎了")


def test_an_edit_encodes_only_what_is_new(entries: list[Entry], tmp_path: Path) -> None:
    open_index(entries, CharacterEmbedder(), DiskStore(tmp_path))
    later = CharacterEmbedder()
    open_index([*entries, make_entry("tyre", "轮胎坏了赔吗", answer="看条款。")], later, DiskStore(tmp_path))
    assert set(later.encoded) == {"轮胎坏了赔吗", "看条款。"}


def test_old_contents_are_cleared_away(entries: list[Entry], tmp_path: Path) -> None:
    for count in range(1, 5):
        open_index(entries[:count], CharacterEmbedder(), DiskStore(tmp_path))
    assert len(list(tmp_path.rglob("*.npz"))) == KEPT_FILES
    assert list(tmp_path.rglob("*.part")) == []


def test_a_damaged_file_is_made_again(entries: list[Entry], tmp_path: Path) -> None:
    open_index(entries, CharacterEmbedder(), DiskStore(tmp_path))
    (path,) = tmp_path.rglob("*.npz")
    path.write_bytes(path.read_bytes()[:100])
    later = CharacterEmbedder()
    assert open_index(entries, later, DiskStore(tmp_path)).search("我要投诉")[0].entry_id == "complaint"
    assert later.encoded
    assert path.stat().st_size > 100


def test_a_folder_that_cannot_be_written_costs_only_time(entries: list[Entry], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    index = open_index(entries, CharacterEmbedder(), DiskStore(tmp_path / "file"))
    assert index.search("我要投诉")[0].entry_id == "complaint"
