from pathlib import Path

from faq.catalogue import write_file
from faq.lint import lint
from tests.faq.conftest import make_entry

FOUR = ("住院费用报销", "出院以后怎么报", "住院要交什么", "住院单子给谁")


def found(folder: Path) -> str:
    return "\n".join(str(finding) for finding in lint(folder, folder / "foreign.yml"))


def test_our_entries_have_no_errors() -> None:
    assert [str(finding) for finding in lint() if finding.level == "error"] == []


def test_a_clean_folder_has_nothing_to_say(tmp_path: Path) -> None:
    write_file(tmp_path / "a.yml", "a", [make_entry("hospital", "住院怎么报销", *FOUR)])
    assert found(tmp_path) == ""


def test_an_id_used_twice(tmp_path: Path) -> None:
    write_file(tmp_path / "a.yml", "a", [make_entry("one", "住院怎么报销", *FOUR)])
    write_file(tmp_path / "b.yml", "b", [make_entry("one", "怎么投诉", "投诉找谁", "投诉电话", "去哪投诉", "告你们")])
    assert "error: one: this id is used more than once" in found(tmp_path)


def test_too_few_phrasings(tmp_path: Path) -> None:
    write_file(tmp_path / "a.yml", "a", [make_entry("one", "住院怎么报销", "住院费用报销")])
    assert "error: one: has 1 phrasings" in found(tmp_path)


def test_a_missing_source(tmp_path: Path) -> None:
    write_file(tmp_path / "a.yml", "a", [make_entry("one", "住院怎么报销", *FOUR)])
    text = (tmp_path / "a.yml").read_text(encoding="utf-8")
    (tmp_path / "a.yml").write_text(text.replace("reference: 服务承诺", "reference: ''"), encoding="utf-8")
    assert "error: a.yml" in found(tmp_path)
    assert "source.reference" in found(tmp_path)


def test_nearly_the_same_sentence_under_two_entries(tmp_path: Path) -> None:
    write_file(tmp_path / "a.yml", "a", [make_entry("one", "住院怎么报销", *FOUR)])
    write_file(
        tmp_path / "b.yml", "b", [make_entry("two", "怎么投诉", "住院费用，报销？", "投诉电话", "去哪投诉", "告你们")]
    )
    assert "warning: one / two: nearly the same" in found(tmp_path)


def test_a_sentence_of_ours_among_the_foreign(tmp_path: Path) -> None:
    write_file(tmp_path / "a.yml", "a", [make_entry("one", "住院怎么报销", *FOUR)])
    foreign = tmp_path / "elsewhere" / "foreign.yml"
    foreign.parent.mkdir()
    foreign.write_text("talk: [住院费用报销]", encoding="utf-8")
    assert any("out_of_domain" in finding.where for finding in lint(tmp_path, foreign))
