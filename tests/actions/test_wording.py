"""Every reply that an action can say is in domain.yml, and every rule names actions that exist."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.flows.asking import VARIANTS
from claims.facts import FACT_NAMES
from claims.reporting.heard import Refused
from claims.rules.cover import CoverProblem
from claims.vocabulary import ClaimState
from tests.actions.talk import DOMAIN

ROOT = Path(__file__).parents[2]
COMPOSED = [
    *(f"utter_{kind}_{fact}" for kind in ("ask", "again", "why") for fact in FACT_NAMES),
    *(f"utter_ask_{fact}_{line}" for fact, line in VARIANTS),
    *(f"utter_refused_{reason}" for reason in Refused),
    *(f"utter_not_covered_{problem}" for problem in CoverProblem),
    *(f"utter_status_{state}" for state in ClaimState),
    *(f"utter_materials_{kind}_with_if_any" for kind in ("complete", "general")),
    *(f"utter_renewal_ask_{step}" for step in ("change", "plate", "phone", "address", "use")),
    *(f"utter_emergency_{kind}" for kind in ("fire", "traffic", "injury", "earlier")),
]
NAMED = sorted(
    {name for file in (ROOT / "actions").rglob("*.py") for name in re.findall(r'"(utter_\w+)"', file.read_text())}
)


@pytest.mark.parametrize("name", sorted({*COMPOSED, *NAMED}))
def test_a_reply_is_in_the_domain(name: str) -> None:
    assert name in DOMAIN["responses"]


def rules() -> list[dict[str, Any]]:
    files = sorted((ROOT / "data" / "rules").glob("*.yml"))
    return [rule for file in files for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]]


def test_every_intent_has_one_rule() -> None:
    answered = [step["intent"] for rule in rules() for step in rule["steps"] if "intent" in step]
    assert sorted(answered) == sorted(DOMAIN["intents"])


def test_rules_name_actions_that_exist() -> None:
    actions = {next(iter(a)) if isinstance(a, dict) else a for a in DOMAIN["actions"]}
    named = {step["action"] for rule in rules() for step in rule["steps"] if "action" in step}
    assert named <= actions | set(DOMAIN["responses"])
    assert {f"action_{file.stem[7:]}" for file in (ROOT / "actions").glob("action_*.py")} == actions


@pytest.mark.parametrize("name", sorted(DOMAIN["responses"]))
def test_no_value_is_called_as_the_engine_calls_parts_of_a_reply(name: str) -> None:
    """Rasa lays what an action gives over what the response makes of it: {text} would be said without the rest."""
    used = {value for each in DOMAIN["responses"][name] for value in re.findall(r"\{(\w+)\}", each["text"])}
    assert used.isdisjoint({"text", "buttons", "image", "attachment", "elements", "quick_replies", "custom"})
