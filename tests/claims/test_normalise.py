import pytest

from claims.normalise import phone, plain, simplified


@pytest.mark.parametrize("spelling", ["京A·12345", "京a12345", " 京A 12345 ", "京Ａ１２３４５", "京A-12345"])
def test_plates(spelling: str) -> None:
    assert plain(spelling) == "京A12345"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("+86 138 0013 8001", "13800138001"),
        ("0086-13800138001", "13800138001"),
        ("8613800138001", "13800138001"),
        ("010-8888 6666", "01088886666"),
        ("+852 5123 4567", "+85251234567"),
    ],
)
def test_phones(said: str, kept: str) -> None:
    assert phone(said) == kept


def test_both_scripts_read_alike() -> None:
    assert simplified("我的車險劃痕有賠嗎，PA202600000003") == "我的车险划痕有赔吗，PA202600000003"
