import pytest

from faq.text import bare, normalise


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("車窗玻璃破了賠不賠", "车窗玻璃破了赔不赔"),
        ("你好，请问住院怎么报销", "住院怎么报销"),
        ("呃 那个 我想问一下 住院 报销", "住院报销"),
        ("ＰＤＦ　可以吗？", "pdf可以吗?"),
        ("你好", "你好"),
    ],
)
def test_one_written_form(written: str, expected: str) -> None:
    assert normalise(written) == expected


def test_bare_leaves_letters_and_digits_only() -> None:
    assert bare("赔款，多久…到账？！ 3天") == "赔款多久到账3天"
    assert bare("？！…") == ""
