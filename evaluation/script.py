"""A scripted dialogue: a readable YAML file, checked when it is loaded.

    name: 追尾报案
    as: "13800138001"              # whose one-time codes `code:` reads
    turns:
      - say: 我要报案
        expect: [什么时候, [您好, 请]]  # each must occur; a list: one of these must occur
        not_expect: [抱歉]
        awaiting: incident_time    # what the last message asks for; null: nothing
        buttons: [刚刚]             # titles that must be offered
        mode: bot
      - tap: 刚刚                   # a button offered by the last messages, by its title or part of it
      - upload: photo              # a small picture (any name ending in pdf: a PDF), named after the word
      - code: "{code}"             # the newest one-time code sent to `as`; `wrong` is a code that is not it
      - staff: {step: accepted}    # a step of the claim {{claim_no}}, with further details such as amount, note
      - staff: {does: online}      # at the desk: online, take, say, note, hand_back, answer (evaluation/desk_steps.py)
      - hear: 坐席吴静已接入         # wait until a message with these words arrives
      - new_chat: true             # go on in a new conversation, as the same person
      - again: true                # send the last message once more, under the same client id
    claim:                         # the newest claim of the conversation; `none`: there is none
      cause: collision_multi
      incident_time: yesterday 15:00
      location: 朝阳路              # contained in
    claims: 1                      # how many the conversation has

`{{claim_no}}` is the last claim number that the bot wrote, {{today}}, {{yesterday}} and {{days_ago_N}} are dates
such as 11月21日; they may stand in anything said or expected.
"""

from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

ACTIONS = ("say", "tap", "upload", "code", "staff", "hear", "new_chat", "again")


class ScriptError(ValueError):
    """A script file cannot be read. The message names the file and what is wrong with it."""


class Turn(BaseModel):
    """One thing that the customer (or a member of staff) does, and what is expected of the answer."""

    # Numbers need no quotes in a script: phones and amounts are said too.
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    say: str | None = None
    tap: str | None = None
    upload: str | None = None
    code: str | None = None
    staff: dict[str, Any] | None = None
    hear: str | None = None
    new_chat: Literal[True] | None = None
    again: Literal[True] | None = None

    expect: list[str | list[str]] = Field(default_factory=list)
    not_expect: list[str] = Field(default_factory=list)
    awaiting: str | None = None
    buttons: list[str] = Field(default_factory=list)
    mode: str | None = None

    @model_validator(mode="after")
    def _one_action(self) -> Self:
        if len(self.actions) != 1:
            raise ValueError(f"each turn does exactly one of {', '.join(ACTIONS)}; this one: {self.actions or 'none'}")
        return self

    @property
    def actions(self) -> list[str]:
        """Names of the actions given; one in a valid turn."""
        return [name for name in ACTIONS if getattr(self, name) is not None]

    @property
    def checks_awaiting(self) -> bool:
        """Whether the script says something about `awaiting`; null is something too."""
        return "awaiting" in self.model_fields_set


class Script(BaseModel):
    """A whole dialogue."""

    model_config = ConfigDict(extra="forbid")

    name: str
    phone: str | None = Field(default=None, alias="as")
    about: str = ""
    turns: list[Turn] = Field(min_length=1)
    claim: dict[str, Any] | Literal["none"] | None = None
    claims: int | None = None


def load_script(path: Path) -> Script:
    """Read one script. Raises ScriptError."""
    try:
        return Script.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise ScriptError(f"{path.name}: not valid YAML: {error}") from error
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise ScriptError(f"{path.name}: {problems}") from error


def find_scripts(folder: Path) -> list[Path]:
    """Script files below a folder (or the one file given), in a fixed order."""
    if folder.is_file():
        return [folder]
    return sorted([*folder.rglob("*.yml"), *folder.rglob("*.yaml")])
