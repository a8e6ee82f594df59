"""The Rasa project agrees with itself. Training skips Rasa's own validation, which takes as long as loading it all."""

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
RASAS_OWN = {"action_listen", "action_restart", "action_session_start"}


def content(file: Path) -> dict[str, Any]:
    return yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)


DOMAIN = content(ROOT / "domain.yml")


def names(section: str) -> set[str]:
    """Names may stand alone or with settings below them."""
    return {next(iter(each)) if isinstance(each, dict) else each for each in DOMAIN[section]}


INTENTS = names("intents")
RULES = [rule for file in sorted((ROOT / "data" / "rules").glob("*.yml")) for rule in content(file)["rules"]]
TRAINED = {
    item["intent"]
    for file in sorted((ROOT / "data" / "nlu").glob("*.yml"))
    for item in content(file)["nlu"]
    if "intent" in item
}


def steps(kind: str) -> set[str]:
    return {step[kind] for rule in RULES for step in rule["steps"] if kind in step}


def test_every_trained_intent_is_in_the_domain() -> None:
    assert INTENTS >= TRAINED


def test_every_intent_of_the_domain_leads_somewhere() -> None:
    assert steps("intent") - {"nlu_fallback"} <= INTENTS
    assert steps("intent") >= INTENTS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["rule"])
def test_rules_use_actions_of_the_domain(rule: dict[str, Any]) -> None:
    known: set[str] = names("actions") | set(DOMAIN["responses"]) | RASAS_OWN
    named: list[str] = [step["action"] for step in rule["steps"] if "action" in step]
    assert named and set(named) <= known


def test_no_two_rules_begin_alike() -> None:
    begins = [tuple(sorted(rule["steps"][0].items())) for rule in RULES if "condition" not in rule]
    assert len(begins) == len(set(begins))
