"""The pages of the questionnaire as HTML. Pure; whatever a person wrote is escaped."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from string import Template

from channels.gateway.wording import Wording
from claims.surveys import Question

say = Wording(Path(__file__).with_name("wording.yml"), "survey").say
STYLE = Path(__file__).with_name("style.css")


def question_page(question: Question, *, tail: str, opening: str = "", missing: bool = False) -> str:
    """One question with its answers. opening: said before the first. missing: nothing was chosen the last time."""
    lines = [f'<p class="quiet">{escape(say("intro", tail=tail))}</p>']
    if opening:
        lines.append(f"<p>{escape(opening)}</p>")
    if missing:
        lines.append(f'<p class="error" role="alert">{escape(say("missing"))}</p>')
    lines += [
        '<form method="post">',
        f'<input type="hidden" name="question" value="{escape(question.key)}">',
        "<fieldset>",
        f"<legend>{escape(question.text)}</legend>",
        *_answers(question),
        "</fieldset>",
        f'<button class="main" name="step" value="next">{escape(say("next"))}</button>',
        "</form>",
        '<form method="post">',
        f'<button class="stop" name="step" value="stop">{escape(say("stop"))}</button>',
        "</form>",
    ]
    return _page("\n".join(lines))


def message_page(*sentences: str) -> str:
    """Nothing to fill in."""
    return _page("\n".join(f"<p>{escape(sentence)}</p>" for sentence in sentences))


def _answers(question: Question) -> list[str]:
    if question.kind == "text":
        label = escape(say("your_words"))
        return [f'<label for="text">{label}</label>', '<textarea id="text" name="text" maxlength="1000"></textarea>']
    if question.kind == "scale":
        titles = {value: say("points", score=value) for value in question.values}
        titles["1"], titles["5"] = say("worst"), say("best")
    else:
        titles = {choice.key: choice.title for choice in question.choices}
    return [
        f'<label class="choice"><input type="radio" name="value" value="{escape(value)}"> {escape(title)}</label>'
        for value, title in titles.items()
    ]


def _page(body: str) -> str:
    return _template().substitute(title=escape(say("title")), body=body)


@cache
def _template() -> Template:
    return Template(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))
