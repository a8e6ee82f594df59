import pytest

from evaluation.certainty import at_thresholds, by_confidence, calibration_error, outcome
from evaluation.reading import Reading

JUDGED = [
    ("a", Reading("a", 1.0, True, ("a", "b"), 0.0)),
    ("a", Reading("b", 0.92, True, ("b", "a"), 0.08)),
    ("b", Reading("b", 0.5, True, ("b", "c"), 0.48)),
    ("d", Reading("b", 0.4, False, ("b", "c", "a", "d"), 0.3)),
]


def test_the_outcome_is_what_the_bot_did() -> None:
    assert outcome(JUDGED) == {
        "acted_on": 0.75,
        "right_when_acted_on": pytest.approx(2 / 3),
        "wrong_and_acted_on": 0.25,
        "asked_back_with_the_right_choice": 0.0,
    }
    assert outcome(JUDGED[3:])["right_when_acted_on"] is None
    assert outcome(JUDGED[:3])["asked_back_with_the_right_choice"] is None


def test_another_threshold_or_margin_would_have_changed_it() -> None:
    all_of_them, most, surest = at_thresholds(JUDGED, (0.0, 0.45, 0.95), margin=0.0)
    assert [each["acted_on"] for each in (all_of_them, most, surest)] == [1.0, 0.75, 0.25]
    assert surest["wrong_and_acted_on"] == 0
    assert surest["asked_back_with_the_right_choice"] == pytest.approx(2 / 3)
    (close,) = at_thresholds(JUDGED, (0.45,), margin=0.05)
    assert (close["threshold"], close["margin"], close["acted_on"]) == (0.45, 0.05, 0.5)


def test_confidence_is_compared_with_what_was_right() -> None:
    assert by_confidence(JUDGED) == [
        {"from": 0.4, "sentences": 1, "said": 0.4, "right": 0.0},
        {"from": 0.5, "sentences": 1, "said": 0.5, "right": 1.0},
        {"from": 0.9, "sentences": 2, "said": pytest.approx(0.96), "right": 0.5},
    ]
    assert calibration_error(JUDGED) == pytest.approx((0.4 + 0.5 + 2 * 0.46) / 4)
