from pathlib import Path

import pytest

from evaluation.script import ScriptError, find_scripts, load_script


def write(folder: Path, text: str) -> Path:
    path = folder / "one.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_script_is_read(tmp_path: Path) -> None:
    script = load_script(
        write(
            tmp_path,
            """
name: 追尾
as: "13800138001"
turns:
  - say: 我要报案
    expect: [什么时候]
    awaiting: incident_time
  - tap: 确认
claim: {cause: collision_multi}
""",
        )
    )
    assert script.phone == "13800138001"
    assert [turn.actions for turn in script.turns] == [["say"], ["tap"]]
    assert script.claim == {"cause": "collision_multi"}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("name: x\nturns: []", "turns"),
        ("name: x\nturns: [{expect: [a]}]", "exactly one"),
        ("name: x\nturns: [{say: a, tap: b}]", "exactly one"),
        ("name: x\nturns: [{say: a, expects: [b]}]", "expects"),
        ("name: [", "not valid YAML"),
    ],
)
def test_a_wrong_script_is_named_with_its_fault(tmp_path: Path, text: str, hint: str) -> None:
    with pytest.raises(ScriptError, match=r"^one\.yml: ") as caught:
        load_script(write(tmp_path, text))
    assert hint in str(caught.value)


def test_scripts_are_found_below_a_folder_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("b/2.yml", "a/1.yaml", "a/no.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [path.name for path in find_scripts(tmp_path)] == ["1.yaml", "2.yml"]
