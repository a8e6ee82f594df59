import pytest

from bot.components.queueing import wish


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("回电", "book_callback"),
        ("给我回个电话吧", "book_callback"),
        ("明天上午十点给我回电", "book_callback"),
        ("后天下午三点打给我", "book_callback"),
        ("预约回电", "book_callback"),
        ("那就打电话给我吧", "book_callback"),
        ("继续等待", "stay_in_queue"),
        ("我再等等", "stay_in_queue"),
        ("不等了", "leave_queue"),
        ("算了不用人工了", "leave_queue"),
        ("我要留言", "leave_message"),
    ],
)
def test_what_customers_say_who_wait(text: str, intent: str) -> None:
    assert wish(text) == intent


@pytest.mark.parametrize(
    "text",
    [
        "对方给我打电话了",
        "你们怎么不给我回电话",
        "昨天有人给我打电话",
        "我等了三个小时了",
        "他不等红灯就撞上来了",
        "打电话报警了",
        "转人工",
        "我的电话是13800138001",
        "等红灯的时候被追尾",
        "别打电话给我",
    ],
)
def test_what_only_sounds_like_it(text: str) -> None:
    assert wish(text) is None
