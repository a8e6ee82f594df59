"""Which materials a claim needs: line × cause × circumstances, told once and completely (Insurance Law art. 22)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from claims.facts import Facts
from claims.rules.causes import read_for_line
from claims.rules.conditions import When, both, holds
from claims.rules.loading import DATA, Rule, RuleFileError, label, read_rules
from claims.vocabulary import Line


class MaterialRule(Rule):
    """One kind of material: what it is called, why it is needed, in which form it is taken."""

    name: str = Field(min_length=1)
    purpose: str = Field(min_length=1)
    accepted_form: str = Field(min_length=1)
    original: bool = False
    aliases: tuple[str, ...] = ()  # what customers also call it


class ItemRule(Rule):
    """One line of a checklist. purpose and accepted_form replace the general ones of the material."""

    kind: str
    when: When | None = None
    required: bool = True
    required_when: When | None = None
    original_when: When | None = None
    purpose: str | None = None
    accepted_form: str | None = None


class GroupRule(Rule):
    """Items that share a circumstance."""

    name: str
    when: When | None = None
    items: tuple[ItemRule, ...] = Field(min_length=1)


class Checklist(Rule):
    groups: tuple[GroupRule, ...] = Field(min_length=1)


class Materials(Rule):
    materials: dict[str, MaterialRule] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One item of a claim's checklist. required False: only if it applies; original: the paper itself is needed."""

    kind: str
    name: str
    purpose: str
    accepted_form: str
    required: bool
    original: bool


@dataclass(frozen=True, slots=True)
class ChecklistRules:
    materials: dict[str, MaterialRule]
    lines: dict[Line, Checklist]


@cache
def load(directory: Path) -> ChecklistRules:
    """materials.yml and checklists/<line>.yml of a rule directory; RuleFileError if one is wrong."""
    materials = read_rules(directory / "materials.yml", Materials).materials
    lines = {}
    for line in Line:
        path = directory / "checklists" / f"{line}.yml"
        lines[line] = read_rules(path, Checklist)
        for group in lines[line].groups:
            for item in group.items:
                if item.kind not in materials:
                    raise RuleFileError(f"{label(path)}: {group.name} › {item.kind}: not a kind of materials.yml")
    return ChecklistRules(materials, lines)


def _rules() -> ChecklistRules:
    return load(DATA)


def checklist(facts: Facts, *, company: bool = False) -> list[Requirement]:
    """What the claim needs, in the order of the line's file; empty while the line is not known.

    company: the insured is a company. An item that hangs on a fact nobody knows yet is told as "only if it applies".
    """
    line = facts.line
    if line is None:
        return []
    if facts.cause is not None:
        facts = facts.with_(cause=read_for_line(facts.cause, line) or facts.cause)
    rules = _rules()
    found: dict[str, Requirement] = {}
    for group in rules.lines[line].groups:
        group_holds = holds(group.when, facts, company=company)
        if group_holds is False:
            continue
        for item in group.items:
            applies = both(group_holds, holds(item.when, facts, company=company))
            if applies is False:
                continue
            needed = _requirement(item, rules.materials[item.kind], bool(applies), facts, company)
            known = found.get(item.kind)
            found[item.kind] = _stricter(known, needed) if known else needed
    return list(found.values())


def _requirement(item: ItemRule, material: MaterialRule, applies: bool, facts: Facts, company: bool) -> Requirement:
    required = item.required
    if item.required_when is not None:
        required = bool(holds(item.required_when, facts, company=company))
    original = material.original
    if item.original_when is not None:
        original = bool(holds(item.original_when, facts, company=company))
    return Requirement(
        kind=item.kind,
        name=material.name,
        purpose=item.purpose or material.purpose,
        accepted_form=item.accepted_form or material.accepted_form,
        required=applies and required,
        original=original,
    )


def _stricter(one: Requirement, other: Requirement) -> Requirement:
    """The same kind asked for in two circumstances: told once, as the one that is required."""
    first, second = (one, other) if one.required or not other.required else (other, one)
    return Requirement(
        first.kind, first.name, first.purpose, first.accepted_form, first.required, first.original or second.original
    )


def material_name(kind: str) -> str:
    """Chinese name of a kind of material. KeyError if there is no such kind."""
    return _rules().materials[kind].name


def kind_named(text: str) -> str | None:
    """The kind whose name or alias appears in a customer's words; the longest one if several do, None if none."""
    hits = [
        (len(word), kind)
        for kind, material in _rules().materials.items()
        for word in (material.name, *material.aliases)
        if word in text
    ]
    return max(hits, key=lambda hit: hit[0])[1] if hits else None


if TYPE_CHECKING:
    MATERIAL_KINDS: tuple[str, ...]
    """Every kind of material, in the order of materials.yml. Read from the file at first use."""


def __getattr__(name: str) -> tuple[str, ...]:
    if name == "MATERIAL_KINDS":
        return tuple(_rules().materials)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
