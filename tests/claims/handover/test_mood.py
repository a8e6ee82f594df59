from pathlib import Path

import pytest

from claims.handover.mood import Mood, load, mood
from claims.rules.loading import DATA
from evaluation.mood import HERE, fit, measure


@pytest.mark.parametrize(
    ("text", "felt"),
    [
        ("你们太过分了，到底赔不赔！！", Mood.ANGRY),
        ("你們太過分了，騙子公司", Mood.ANGRY),
        ("求求你们快点，我真的要崩溃了", Mood.DESPERATE),
        ("再不赔我就不想活了", Mood.DANGER),
        ("昨天下午追尾了，对方司机骂我混蛋", Mood.CALM),
        ("家里着火了！！快来人", Mood.CALM),
        ("我爸昨天去世了", Mood.CALM),
        ("倒霉透了，下楼扔垃圾踩空摔了", Mood.CALM),
        ("撞翻了路边的垃圾桶", Mood.CALM),
        ("倒完垃圾回来在楼梯上摔了", Mood.CALM),
        ("踩到地上的垃圾滑倒了", Mood.CALM),
        ("垃圾公司", Mood.ANGRY),
        ("你们这垃圾车险", Mood.ANGRY),
        ("", Mood.CALM),
    ],
)
def test_how_a_customer_feels(text: str, felt: Mood) -> None:
    assert mood(text) is felt


@pytest.mark.parametrize("name", ["train.tsv", "test.tsv"])
def test_nobody_calm_is_told_that_they_are_upset_and_most_of_the_upset_are_heard(name: str) -> None:
    found = measure(HERE / Path(name))
    assert found["false"] == []
    assert found["recall"] >= 0.75


def test_the_weights_are_those_that_fit() -> None:
    scale = load(DATA).angry
    assert fit(HERE / "train.tsv") == {"bias": scale.bias, **{name: sign.weight for name, sign in scale.signs.items()}}
