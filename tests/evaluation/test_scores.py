import pytest

from evaluation.entities import as_lists, measure, same
from evaluation.lines import InputError, read_lines
from evaluation.load import percentile
from evaluation.nlu import macro_f1, score
from evaluation.reading import Reading


def test_intent_figures() -> None:
    sure_a, sure_b = Reading("a", 1.0, True, ("a", "b")), Reading("b", 1.0, True, ("b", "a"))
    unsure_b = Reading("b", 0.4, False, ("b", "c", "a", "d"))
    result = score([("a", sure_a, "typo"), ("a", sure_b, "typo"), ("b", unsure_b, "hant"), ("d", unsure_b, None)])
    assert result["accuracy"] == 0.5
    assert result["styles"] == {"hant": {"sentences": 1, "accuracy": 1.0}, "typo": {"sentences": 2, "accuracy": 0.5}}
    assert {"intent": "a", "taken_for": "b", "times": 1} in result["confusions"]
    assert result["intents"]["b"] == {"sentences": 1, "right": 1, "others_taken_for_it": 2}
    assert (result["acted_on"], result["right_when_acted_on"], result["wrong_and_acted_on"]) == (0.5, 0.5, 0.25)
    assert (result["asked_back_with_the_right_choice"], result["right_among_first_three"]) == (0.5, 0.75)
    # sure: two at 1.0, one right; unsure: two at 0.4, one right
    assert result["calibration_error"] == pytest.approx((1.0 + 0.2) / 4)


def test_an_unsure_engine_still_has_a_best_reading() -> None:
    ranking = [{"name": "a", "confidence": 0.4}, {"name": "b", "confidence": 0.3}]
    fallback = {"name": "nlu_fallback", "confidence": 0.6}
    assert Reading.of({"intent": fallback, "intent_ranking": ranking}) == Reading("a", 0.4, False, ("a", "b"), 0.3)
    assert Reading.of({"intent": fallback, "intent_ranking": []}).best == ""
    assert Reading.of({"intent": ranking[0], "intent_ranking": ranking}).sure


def test_macro_f1_weighs_intents_alike_and_counts_wrong_answers_of_other_labels() -> None:
    # a: precision 1, recall 1/2; b: precision 2/3, recall 1
    assert macro_f1([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")]) == pytest.approx((2 / 3 + 4 / 5) / 2)
    assert macro_f1([("a", "c")]) == 0


@pytest.mark.parametrize(
    ("name", "wanted", "got", "equal"),
    [
        ("incident_time", "2026-11-21T15:00:00+08:00", "2026-11-21T07:00:59+00:00", True),
        ("incident_time", "2026-11-21T15:00", "2026-11-21T15:00:00+08:00", True),
        ("incident_time", "2026-11-21T15:00:00+08:00", "2026-11-21T15:01:00+08:00", False),
        ("incident_time", "soon", "soon", False),
        ("incident_time", "2026-11-21", "2026-11-21T23:00:00+08:00", True),
        ("incident_time", "2026-11-21", "2026-11-20T23:00:00+08:00", False),
        ("incident_time", "2026-11-21T15:00:00+08:00", "2026-11-21", False),
        ("amount", "3500.00", 3500, True),
        ("amount", 3500, 3005, False),
        ("plate_no", "京A·12345", "京a12345", True),
        ("location", "朝阳路", "北京朝阳路", False),
        ("location", "忠孝東路四段", "忠孝东路 四段", True),
        ("location", "朝阳路那儿", "朝阳路", True),
        ("location", "我们小区里面", "小区里", True),
        ("location", "家里", "里", False),
        ("location", "朝阳路口", "朝阳路", False),
        ("person_name", "张 伟", "张伟", True),
        ("cause", "theft", "fire", False),
    ],
)
def test_values_are_compared_by_kind(name: str, wanted: object, got: object, equal: bool) -> None:
    assert same(name, wanted, got) is equal


def test_value_figures() -> None:
    gold = [{"amount": [3500], "location": ["朝阳路"]}, {"amount": [100, 200]}, {}]
    found = [{"amount": [3500], "location": ["北京朝阳路"]}, {"amount": [200]}, {"rating": [5]}]
    result = measure(gold, found)
    assert result["values"]["amount"] == {
        "expected": 3,
        "answered": 2,
        "precision": 1.0,
        "recall": pytest.approx(2 / 3),
        "f1": pytest.approx(0.8),
    }
    assert result["values"]["location"]["f1"] == 0
    assert result["location_lenient"]["f1"] == 1
    assert result["location_to_the_character"]["f1"] == 0
    assert result["values"]["rating"]["precision"] == 0
    assert result["overall"]["f1"] == pytest.approx(2 * 2 / (4 + 4))
    assert result["whole_sentences_right"] == 0


def test_words_that_tell_no_other_place_count_to_the_character_only() -> None:
    result = measure([{"location": ["朝阳路上"], "amount": [5]}], [{"location": ["朝阳路"], "amount": [5]}])
    assert result["overall"]["f1"] == 1
    assert result["location_to_the_character"]["f1"] == 0
    assert result["overall_with_locations_to_the_character"]["f1"] == pytest.approx(0.5)


def test_one_answer_matches_one_expected_value_only() -> None:
    assert measure([{"amount": [5]}], [{"amount": [5, 5]}])["values"]["amount"]["precision"] == 0.5


def test_answers_are_read_in_either_form() -> None:
    listed = {
        "entities": [{"entity": "amount", "value": 5}, {"entity": "amount", "value": 6}, {"entity": "x", "value": 1}]
    }
    assert as_lists(listed) == {"amount": [5, 6]} == as_lists({"amount": [5, 6]})


def test_percentiles_by_nearest_rank() -> None:
    assert percentile([float(n) for n in range(1, 101)], 95) == 95
    assert percentile([3.0, 1.0, 2.0], 95) == 3.0
    assert percentile([7.0], 50) == 7.0


@pytest.mark.parametrize(
    ("text", "hint"), [('{"a": 1}\n{"b": 2}', "line 2: lacks a"), ("{", "line 1: not JSON"), ("\n", "is empty")]
)
def test_a_wrong_file_is_named_with_its_line(tmp_path, text: str, hint: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(text)
    with pytest.raises(InputError, match=hint):
        read_lines(path, {"a"})
    with pytest.raises(InputError, match="there is no file"):
        read_lines(tmp_path / "none.jsonl", {"a"})


def test_what_is_not_labelled_counts_neither_way() -> None:
    gold, found = [{"amount": [5]}], [{"amount": [5], "location": ["朝阳路"]}]
    assert measure(gold, found)["overall"]["f1"] < 1
    assert measure(gold, found, ["amount"])["overall"]["f1"] == 1
