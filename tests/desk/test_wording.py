"""Every sentence that the code asks for stands in wording.yml, and every one that stands there is asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from claims.vocabulary import (
    CampaignState,
    ClaimState,
    ComplaintState,
    HandoverReason,
    InspectionState,
    MaterialState,
    Mode,
    Priority,
    RenewalState,
    Role,
    TicketState,
    Tier,
    WrapUp,
)
from desk.wording import WordingError, say, words

DESK = Path(__file__).parents[2] / "desk"
REPORT = DESK / "report"  # has words of its own
ASKED = re.compile(r'(?:say|words|named)\(\s*"([a-z_]+(?:\.[a-z_]+)?)"')
CODE = "\n".join(file.read_text(encoding="utf-8") for file in DESK.rglob("*.py") if REPORT not in file.parents)


@pytest.mark.parametrize("name", sorted(set(ASKED.findall(CODE))))
def test_what_is_asked_for_is_there(name: str) -> None:
    section, _, word = name.partition(".")
    assert words(section) if not word else word in words(section)


def test_refusals_by_code_are_there() -> None:
    for code in re.findall(r'Refused\(\s*\d+,\s*"([a-z_]+)"', CODE):
        assert code in words("refusals"), code


@pytest.mark.parametrize(
    ("section", "kind"),
    [
        ("states", ClaimState),
        ("next", ClaimState),
        ("roles", Role),
        ("material_states", MaterialState),
        ("visit_states", InspectionState),
        ("tiers", Tier),
        ("priorities", Priority),
        ("modes", Mode),
        ("reasons", HandoverReason),
        ("wrap_ups", WrapUp),
        ("complaint_states", ComplaintState),
        ("renewal_states", RenewalState),
        ("ticket_states", TicketState),
        ("campaign_states", CampaignState),
    ],
)
def test_every_value_has_a_word(section: str, kind: type[ClaimState]) -> None:
    assert set(words(section)) == {member.value for member in kind}


def test_no_two_sections_and_no_two_words_of_one_name() -> None:
    class Strict(yaml.SafeLoader):
        pass

    def mapping(loader: Strict, node: yaml.MappingNode) -> dict[object, object]:
        keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
        assert len(keys) == len(set(keys)), keys
        assert all(isinstance(key, str) for key in keys), keys
        return {
            key: loader.construct_object(value, deep=True) for key, (_, value) in zip(keys, node.value, strict=True)
        }

    Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    yaml.load((DESK / "wording.yml").read_text(encoding="utf-8"), Strict)  # noqa: S506 (a SafeLoader, made stricter)


def test_an_unknown_sentence_is_an_error() -> None:
    with pytest.raises(WordingError):
        say("talks.no_such_word")
    with pytest.raises(WordingError):
        say("talks.owner")
