from pathlib import Path

import pytest

from faq.catalogue import read_file
from faq.editing import add_phrasing
from faq.errors import EntriesInvalid

TEXT = """# for editors
category: auto
entries:
  - id: glass
    question: 车玻璃碎了赔吗
    answer: 赔。
    source: {kind: clause, reference: 条款}
    phrasings:
      # the commonest first
      - 玻璃裂了
      - 挡风玻璃碎了
  - id: tyre
    question: 轮胎坏了赔吗
    answer: 看条款。
    source: {kind: clause, reference: 条款}
    phrasings:
      - 爆胎了"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "auto.yml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize(("entry", "place"), [("glass", 0), ("tyre", 1)])
@pytest.mark.parametrize("wording", ["天窗玻璃裂了呢", "a: b", "- 裂了", '"裂"了#吗', "12万的玻璃"])
def test_a_wording_goes_to_the_end_of_its_entry(file: Path, entry: str, place: int, wording: str) -> None:
    assert add_phrasing(entry, wording, file.parent) == file
    phrasings = [list(entry.phrasings) for entry in read_file(file)]
    expected = [["玻璃裂了", "挡风玻璃碎了"], ["爆胎了"]]
    expected[place].append(wording)
    assert phrasings == expected
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# for editors\n")
    assert "# the commonest first" in text


@pytest.mark.parametrize(
    ("entry", "wording", "complaint"),
    [("glass", "玻璃，裂了！", "already"), ("nothing", "裂了呢", "no entry"), ("glass", "？？", "no words")],
)
def test_what_cannot_be_added_is_said_and_changes_nothing(file: Path, entry: str, wording: str, complaint: str) -> None:
    with pytest.raises(EntriesInvalid, match=complaint):
        add_phrasing(entry, wording, file.parent)
    assert file.read_text(encoding="utf-8") == TEXT


def test_phrasings_on_one_line_are_left_to_the_editor(file: Path) -> None:
    one_line = TEXT[: TEXT.rindex("phrasings:")] + "phrasings: [爆胎了]"
    file.write_text(one_line, encoding="utf-8")
    with pytest.raises(EntriesInvalid, match="one a line"):
        add_phrasing("tyre", "扎钉子", file.parent)
    assert file.read_text(encoding="utf-8") == one_line
