import pytest

from claims import masking


def test_phone_and_card_and_name() -> None:
    assert masking.phone("13800138001") == "138****8001"
    assert masking.id_card("110101199003078515") == "110***********8515"
    assert [masking.name(name) for name in ("", "张", "张伟", "欧阳小明")] == ["", "张", "张*", "欧**明"]


@pytest.mark.parametrize("short", ["", "110", "1234567"])
def test_what_is_too_short_is_hidden_altogether(short: str) -> None:
    assert masking.phone(short) == masking.id_card(short) == "****"


def test_numbers_in_free_text() -> None:
    masked = masking.text("验证码 482913，电话13800138001，身份证510107199212011234")
    for secret in ("482913", "13800138001", "510107199212011234"):
        assert secret not in masked
    assert masked.startswith("验证码 ******，电话138****")
