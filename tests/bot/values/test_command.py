"""python -m bot.values: JSON lines in, JSON lines out."""

import io
import json

import pytest

from bot.values import __main__ as command

pytestmark = pytest.mark.usefixtures("capsys")


def run(monkeypatch, capsys, *lines):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    return command.main(), capsys.readouterr()


def test_one_line_of_entities_for_each_sentence(monkeypatch, capsys):
    rows = [
        {"text": "昨天追尾", "now": "2026-11-25T08:20:00Z"},
        {"text": "2", "now": "2026-11-25T16:20:00+08:00", "awaiting": "injured_count"},
    ]
    code, out = run(monkeypatch, capsys, *map(json.dumps, rows))
    answers = [{e["entity"]: e["value"] for e in json.loads(line)["entities"]} for line in out.out.splitlines()]
    assert code == 0
    assert answers[0]["incident_time"] == "2026-11-24"
    assert answers[1]["injured_count"] == 2


@pytest.mark.parametrize(
    "line", ["no json", '{"text": "昨天"}', '{"text": "昨天", "now": "2026-11-25T16:20:00"}', "[]"]
)
def test_a_bad_line_is_named(monkeypatch, capsys, line):
    code, out = run(monkeypatch, capsys, line)
    assert code == 2
    assert "line 1" in out.err
