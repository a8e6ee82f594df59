"""Photos and papers: chosen, looked at, sent, opened large, or explained."""

import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.support import JPEG, Chat, Wire, file, photo
from tests.channels.support import FakeEngine

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF"


def answer_to_files(engine: FakeEngine) -> None:
    engine.reply = lambda turn: [{"text": "文件收到了" if turn["text"].startswith("/submit_material") else "好的"}]


def test_a_photo_is_previewed_sent_and_opens_large(chat: Chat, engine: FakeEngine) -> None:
    answer_to_files(engine)
    chat.choose(file("现场.jpg", JPEG, photo()), file("行驶证.jpg", JPEG, photo(200, 300)))
    expect(chat.page.locator("#tray li")).to_have_count(2)
    chat.page.get_by_role("button", name="移除 行驶证.jpg").click()
    expect(chat.page.locator("#tray .name")).to_have_text(["现场.jpg"])
    chat.send_files()
    expect(chat.theirs).to_have_text(["文件收到了"])
    chat.delivered()
    chat.page.reload()
    thumbnail = chat.page.get_by_role("button", name="查看大图：现场.jpg")
    thumbnail.click()
    large = chat.page.get_by_role("dialog", name="现场.jpg").get_by_role("img")
    expect(large).to_be_visible()
    assert large.evaluate("image => image.naturalWidth") == 320
    chat.page.keyboard.press("Escape")
    expect(large).to_be_hidden()
    expect(thumbnail).to_be_focused()


def test_a_paper_can_be_sent_and_taken_back(chat: Chat, engine: FakeEngine) -> None:
    answer_to_files(engine)
    chat.choose(file("病历.pdf", "application/pdf", PDF), kind="file")
    chat.send_files()
    expect(chat.theirs).to_have_text(["文件收到了"])
    chat.page.reload()
    with chat.page.expect_download() as download:
        chat.page.get_by_role("button", name="下载文件：病历.pdf").click()
    assert download.value.suggested_filename == "病历.pdf"
    assert download.value.path().read_bytes() == PDF


def test_a_file_on_its_way_is_still_there_after_a_reload(page: Page, wire: Wire, engine: FakeEngine) -> None:
    answer_to_files(engine)
    page.route_web_socket("**/api/chat/ws*", lambda socket: socket.close())
    page.route("**/api/chat/messages", lambda route: route.abort())
    chat = Chat(page).open(wire.url)
    chat.choose(file("病历.pdf", "application/pdf", PDF), kind="file")
    chat.send_files()
    expect(chat.state()).to_contain_text("未送达")
    page.reload()
    expect(page.get_by_role("button", name="下载文件：病历.pdf")).to_be_visible()
    page.unroute("**/api/chat/messages")
    page.reload()
    expect(chat.theirs).to_have_text(["文件收到了"])
    chat.delivered()
    expect(page.get_by_role("button", name="下载文件：病历.pdf")).to_be_visible()


def test_a_wrong_kind_is_explained_before_it_is_sent(chat: Chat, engine: FakeEngine) -> None:
    chat.choose(file("清单.xlsx", "application/vnd.ms-excel", b"PK"), kind="file")
    expect(chat.page.get_by_role("alert")).to_have_text(re.compile("清单.xlsx：只能上传照片.*或 PDF"))
    expect(chat.page.locator("#tray")).to_be_hidden()
    assert engine.turns == []


def test_the_server_has_the_last_word_on_the_kind(chat: Chat, engine: FakeEngine) -> None:
    chat.choose(file("假的.jpg", JPEG, b"this is no picture at all"))
    chat.send_files()
    expect(chat.state()).to_contain_text("只能上传照片")
    assert engine.turns == []
    chat.ask("好吧", "收到：好吧")


def test_too_large_and_empty_are_explained(chat: Chat, tmp_path: Path) -> None:
    large, empty = tmp_path / "大.pdf", tmp_path / "空.jpg"
    large.write_bytes(b"%PDF-" + b" " * 10_000_000)
    empty.touch()
    chat.page.locator("#pick-file").set_input_files([large, empty])
    alert = chat.page.get_by_role("alert")
    expect(alert).to_contain_text("大.pdf：文件太大")
    expect(alert).to_contain_text("空.jpg：文件是空的")


def test_a_photo_too_large_for_the_server_is_made_smaller(chat: Chat, engine: FakeEngine, tmp_path: Path) -> None:
    answer_to_files(engine)
    large = tmp_path / "全景.jpg"
    Image.effect_noise((4400, 2600), 90).convert("RGB").save(large, "JPEG", quality=100, subsampling=0)
    assert large.stat().st_size > 10_000_000
    chat.page.locator("#pick-camera").set_input_files(large)
    chat.send_files()
    expect(chat.theirs).to_have_text(["文件收到了"])
    chat.page.reload()
    chat.page.get_by_role("button", name="查看大图：全景.jpg").click()
    picture = chat.page.get_by_role("dialog").get_by_role("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") == 4000


def test_an_upload_that_broke_off_goes_on(chat: Chat, engine: FakeEngine) -> None:
    answer_to_files(engine)
    chat.ask("你好", "好的")
    chat.page.route("**/api/chat/attachments", lambda route: route.abort())
    chat.choose(file("现场.jpg", JPEG, photo()))
    chat.send_files()
    expect(chat.state()).to_contain_text("未送达")
    chat.page.unroute("**/api/chat/attachments")
    chat.chip("重试").click()
    expect(chat.theirs).to_have_text(["好的", "文件收到了"])
    expect(chat.own).to_have_count(2)


def test_an_upload_can_be_cancelled(chat: Chat, engine: FakeEngine) -> None:
    chat.page.route("**/api/chat/attachments", lambda route: None)
    chat.choose(file("现场.jpg", JPEG, photo()))
    chat.send_files()
    chat.chip("取消上传").click()
    expect(chat.own).to_have_count(0)
    assert engine.turns == []
