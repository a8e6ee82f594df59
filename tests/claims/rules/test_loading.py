"""A mistake in a rule file stops the start and names the file, the item and the fault."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from claims.rules.loading import DATA, RuleFileError
from claims.rules.startup import check_rules

Edit = Callable[[str, str, str], None]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "rules"))


@pytest.fixture
def edit(rules: Path) -> Edit:
    def replace(file: str, old: str, new: str) -> None:
        text = (rules / file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file} any more"
        (rules / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


def test_the_shipped_files_are_right() -> None:
    check_rules()


def test_a_copy_of_the_files_is_right_too(rules: Path) -> None:
    check_rules(rules)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("checklists/auto.yml", "kind: vehicle_licence", "kind: vehicle_license", ["auto.yml", "vehicle_license"]),
        ("checklists/auto.yml", "cause: [theft]", "cause: [robbery]", ["auto.yml", "盗抢", "theft"]),
        ("checklists/health.yml", "required: false", "requierd: false", ["health.yml", "requierd", "Extra inputs"]),
        ("materials.yml", "    purpose: 核对被保险人身份\n", "", ["materials.yml", "id_card", "purpose", "required"]),
        ("materials.yml", "  bank_card:\n", "  id_card:\n", ["materials.yml", "'id_card' is given twice"]),
        ("questions.yml", "- fact: location", "- fact: place", ["questions.yml", "place is not a fact"]),
        ("questions.yml", "  location: utter_why_location\n", "", ["questions.yml", "why must say for each fact"]),
        (
            "questions.yml",
            "    - fact: incident_time",
            "    - fact: location",
            ["questions.yml", "auto asks a fact twice"],
        ),
        ("causes.yml", "  death: {name: 身故, lines: [accident, auto, liability]}\n", "", ["causes.yml", "death"]),
        ("causes.yml", "{name: 门诊, lines: [health]}", "{name: 门诊, lines: [auto]}", ["outpatient names line auto"]),
        ("causes.yml", "outpatient: injury", "glass: injury", ["causes.yml", "glass cannot be read as injury"]),
        ("plans.yml", "limit: 180000", "limit: 18万", ["plans.yml", "机动车损失保险", "limit"]),
        ("plans.yml", "limit: 180000", "limit: -1", ["plans.yml", "机动车损失保险", "greater than or equal to 0"]),
        ("plans.yml", "    inpatient:", "    standard:", ["plans.yml", "'standard' is given twice"]),
        ("service_levels.yml", "{hours: 24, from", "{hours: 24, days: 1, from", ["initial_review", "exactly one of"]),
        ("service_levels.yml", "figure: refusal_notice\n", "figure: notice\n", ["notice is not one of the figures"]),
        ("service_levels.yml", "  withdrawn:\n", "  gone:\n", ["service_levels.yml", "gone"]),
        ("service_levels.yml", "states:\n", "states: [\n", ["service_levels.yml", "not valid YAML"]),
        ("cover_names.yml", "    items: [救援]\n", "", ["cover_names.yml", "roadside", "give items or causes"]),
        ("cover_names.yml", "said: [自燃]", "said: [猝死]", ["猝死 means both sudden_death and self_ignition"]),
        ("cover_names.yml", "causes: [glass]", "causes: [glas]", ["cover_names.yml", "glass", "causes › 0"]),
        ("cover_names.yml", "causes: [critical_illness]", "causes: [glass]", ["glass is in none of its lines"]),
        ("cover_names.yml", "said: [盗抢", "sold_as: [盗]\n    said: [盗抢", ["theft", "there must be one line only"]),
        ("cover_questions.yml", "    - 等待期|观察期\n", "    - (等待期\n", ["(等待期 is no regular expression"]),
        ("cover_questions.yml", "  contents:\n", "  content:\n", ["cover_questions.yml", "content"]),
    ],
)
def test_a_mistake_is_named(rules: Path, edit: Edit, file: str, old: str, new: str, told: list[str]) -> None:
    edit(file, old, new)
    with pytest.raises(RuleFileError) as error:
        check_rules(rules)
    for words in told:
        assert words in str(error.value)


def test_a_missing_file_is_named(rules: Path) -> None:
    (rules / "checklists" / "property.yml").unlink()
    with pytest.raises(RuleFileError, match=r"property\.yml: cannot be read"):
        check_rules(rules)


def test_a_line_without_a_standard_plan_is_named(rules: Path, edit: Edit) -> None:
    edit("plans.yml", "  liability:\n    standard:", "  liability:\n    special:")
    with pytest.raises(RuleFileError, match=r"plans › liability: the standard plan is missing"):
        check_rules(rules)


def test_an_empty_file_is_refused(rules: Path) -> None:
    (rules / "causes.yml").write_text("", encoding="utf-8")
    with pytest.raises(RuleFileError, match=r"causes\.yml: whole file"):
        check_rules(rules)
