"""`lipei eval entities`: are the values of a sentence found and normalised?

A value counts as right when
- incident_time: the same minute (answers and gold are ISO 8601; without an offset they are read as Asia/Shanghai);
  where the gold is a date alone, because no hour was said, the same day;
- amount, injured_count, rating: the same number;
- plate_no, policy_no, claim_no, phone, id_card: the same, ignoring case, spaces, dots and hyphens;
- person_name: the same, ignoring spaces and script;
- location: the same, ignoring spaces, script, and words that tell no other place: 在 and 我们 before it, 那儿, 那边, 里
  or 上 after it, which some annotators keep and others leave out. Beside it stand a score to the character, and a
  lenient one, where one of the two may contain the other;
- everything else: the same text.
A sentence with several values of one kind gives them as a list; each is matched once.
"""

import datetime as dt
import json
import re
import subprocess
from collections.abc import Callable, Collection
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from opencc import OpenCC

from evaluation.stack import StackError
from lipei.processes import ENGINE_PYTHON, environment
from lipei.settings import Settings
from lipei.training import ensure_model

VALUES = (
    "incident_time", "location", "plate_no", "policy_no", "claim_no", "phone", "id_card", "amount", "insurance_line",
    "cause", "material_kind", "person_name", "injured_count", "rating",
)  # fmt: skip
NUMBERS = {"amount", "injured_count", "rating"}
CODES = {"plate_no", "policy_no", "claim_no", "phone", "id_card"}
SHANGHAI = ZoneInfo("Asia/Shanghai")
_TELLS_NO_PLACE = re.compile(
    r"^(?:在|我们|咱们?|俺们?)(?=..)"
    r"|(?<=..)(?:[里上内]|里[面边]|上面|[那这](?:[儿边里]|块儿?))$"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def extract(settings: Settings, rows: list[dict[str, Any]]) -> list[dict[str, list[Any]]]:
    """What the trained engine finds in each row {"text", "now"}: name -> values. Trains the model where there is none.

    The whole pipeline reads each sentence at its own moment. Raises StackError and TrainingFailed.
    """
    python = settings.root / ENGINE_PYTHON
    if not python.exists():
        raise StackError("the engine's environment bot/.venv is missing. Run: make setup")
    model, _ = ensure_model(settings)
    lines = "\n".join(json.dumps({"text": row["text"], "now": row["now"]}, ensure_ascii=False) for row in rows)
    done = subprocess.run(
        [python, "-m", "bot.parse", model],
        input=lines + "\n",
        cwd=settings.root,
        env=environment(settings),
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise StackError(f"the values could not be extracted:\n{done.stderr.strip()[-2000:]}")
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if len(answers) != len(rows):
        raise StackError(f"{len(rows)} sentences were given, {len(answers)} answers came back")
    return [as_lists(answer) for answer in answers]


def as_lists(answer: Any) -> dict[str, list[Any]]:
    """name -> values, from {"name": value or values} or from a list of {"entity", "value"}."""
    if isinstance(answer, list):
        answer = {"entities": answer}
    pairs = answer.get("entities", answer) if isinstance(answer, dict) else {}
    found: dict[str, list[Any]] = {}
    items = pairs.items() if isinstance(pairs, dict) else [(each["entity"], each["value"]) for each in pairs]
    for name, value in items:
        if name in VALUES and value is not None:
            found.setdefault(name, []).extend(value if isinstance(value, list) else [value])
    return found


Values = list[dict[str, list[Any]]]
"""For each sentence its values by name."""


def measure(gold: Values, found: Values, names: Collection[str] = VALUES) -> dict[str, Any]:
    """Precision, recall and F1 for each value and overall (micro), and location once more leniently.

    names: the values that are labelled in the gold; what is found of others counts neither way.
    """
    gold, found = _only(names, gold), _only(names, found)
    table = {name: _counts(name, gold, found, same) for name in VALUES}
    total = tuple(sum(counts[i] for counts in table.values()) for i in range(3))
    lenient = _counts("location", gold, found, _overlapping)
    exact = _counts("location", gold, found, _same_words)
    exact_total = tuple(whole - loose + own for whole, loose, own in zip(total, table["location"], exact, strict=True))
    return {
        "sentences": len(gold),
        "overall": _figures(*total),
        "values": {name: _figures(*counts) for name, counts in table.items() if counts[1] or counts[2]},
        "location_lenient": _figures(*lenient),
        "location_to_the_character": _figures(*exact),
        "overall_with_locations_to_the_character": _figures(*exact_total),
        "whole_sentences_right": sum(_all_right(*pair) for pair in zip(gold, found, strict=True)) / len(gold),
    }


def _only(names: Collection[str], rows: Values) -> Values:
    return [{name: values for name, values in row.items() if name in names} for row in rows]


Same = Callable[[str, Any, Any], bool]


def _counts(name: str, gold: Values, found: Values, same: Same) -> tuple[int, int, int]:
    """(right, expected, answered)."""
    right = expected = answered = 0
    for wanted, got in zip(gold, found, strict=True):
        right += _matches(name, wanted.get(name, []), got.get(name, []), same)
        expected += len(wanted.get(name, []))
        answered += len(got.get(name, []))
    return right, expected, answered


def _matches(name: str, wanted: list[Any], got: list[Any], same: Same) -> int:
    left = list(got)
    hits = 0
    for value in wanted:
        for other in left:
            if same(name, value, other):
                left.remove(other)
                hits += 1
                break
    return hits


def _all_right(wanted: dict[str, list[Any]], got: dict[str, list[Any]]) -> bool:
    return wanted.keys() == got.keys() and all(
        len(values) == len(got[name]) == _matches(name, values, got[name], same) for name, values in wanted.items()
    )


def same(name: str, wanted: Any, got: Any) -> bool:
    """Whether two values of this kind are equal, as documented above."""
    if name == "incident_time":
        found = _minute(got)
        if _DAY.fullmatch(str(wanted)):
            return found is not None and found.astimezone(SHANGHAI).date().isoformat() == str(wanted)
        return _minute(wanted) == found is not None
    if name in NUMBERS:
        return _number(wanted) == _number(got) is not None
    if name in CODES:
        return re.sub(r"[\s·•.\-]", "", str(wanted)).upper() == re.sub(r"[\s·•.\-]", "", str(got)).upper()
    if name == "location":
        return _place(wanted) == _place(got)
    return _same_words(name, wanted, got)


def _same_words(name: str, wanted: Any, got: Any) -> bool:
    return _words(wanted) == _words(got)


def _place(value: Any) -> str:
    return _TELLS_NO_PLACE.sub("", _words(value)) or _words(value)


def _words(value: Any) -> str:
    """Without spaces, in Simplified characters."""
    return str(_t2s().convert(re.sub(r"\s", "", str(value))))


@cache
def _t2s() -> OpenCC:
    return OpenCC("t2s")


def _overlapping(name: str, wanted: Any, got: Any) -> bool:
    one, other = _words(wanted), _words(got)
    return bool(one) and bool(other) and (one in other or other in one)


def _minute(value: Any) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(str(value))
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    return moment.astimezone(dt.UTC).replace(second=0, microsecond=0)


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _figures(right: int, expected: int, answered: int) -> dict[str, float | int]:
    precision = right / answered if answered else 0.0
    recall = right / expected if expected else 0.0
    f1 = 2 * right / (expected + answered) if expected + answered else 0.0
    return {"expected": expected, "answered": answered, "precision": precision, "recall": recall, "f1": f1}


def gold_rows(rows: list[dict[str, Any]]) -> list[dict[str, list[Any]]]:
    """The gold values of rows with an "entities" object."""
    return [as_lists(row["entities"]) for row in rows]
