"""A customer at the web chat page, and a line to the server that can be cut."""

from __future__ import annotations

import base64
import io
import socket
import struct
import threading
from contextlib import suppress

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.channels.support import free_port

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
JPEG = "image/jpeg"


def photo(width: int = 320, height: int = 240) -> bytes:
    """A small whole JPEG."""
    kept = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(kept, "JPEG")
    return kept.getvalue()


def file(name: str, mime: str, data: bytes) -> dict[str, object]:
    """A file as the browser's picker would give it."""
    return {"name": name, "mimeType": mime, "buffer": data}


class Chat:
    """The page as a customer uses it. What is expected is waited for, as long as Playwright's own limit."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.input = page.locator("#input")
        self.theirs = page.locator("#log .row.bot:not(.welcome) .bubble, #log .row.agent .bubble")
        self.own = page.locator("#log .row.customer .bubble")
        self.notes = page.locator("#log .row.system .bubble")

    def open(self, url: str) -> Chat:
        self.page.goto(url)
        expect(self.page.locator("#panel[data-ready]")).to_be_visible()
        return self

    def say(self, text: str) -> None:
        self.input.fill(text)
        self.input.press("Enter")

    def ask(self, text: str, answer: str) -> None:
        """Say something and wait for exactly this answer as the newest bubble, and for the receipt: it may be later."""
        self.say(text)
        expect(self.theirs.last).to_have_text(answer)
        self.delivered()

    def chip(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def state(self) -> Locator:
        """How far the newest of the customer's own messages is."""
        return self.page.locator("#log .row.customer").last

    def delivered(self) -> None:
        expect(self.state()).to_have_attribute("data-state", "sent")

    def choose(self, *files: dict[str, object], kind: str = "album") -> None:
        """Pick files by the panel behind ＋."""
        self.page.locator("#more").click()
        with self.page.expect_file_chooser() as chooser:
            self.page.locator("#more-panel button").nth(["album", "camera", "file"].index(kind)).click()
        chooser.value.set_files(list(files))  # type: ignore[arg-type]

    def send_files(self) -> None:
        self.page.locator("#tray .primary").click()


class Wire:
    """A line to a server: a TCP relay that can be cut, and can swallow what the server says."""

    def __init__(self, port: int) -> None:
        self._target, self.port = port, free_port()
        self._pairs: list[socket.socket] = []
        self._whole, self._deaf, self._lock = True, False, threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Reset every connection and refuse new ones."""
        with self._lock:
            self._whole = False
            for each in self._pairs:
                _reset(each)
            self._pairs.clear()

    def swallow_answers(self) -> None:
        """From now on requests arrive and nothing comes back."""
        self._deaf = True

    def mend(self) -> None:
        self._whole, self._deaf = True, False

    def close(self) -> None:
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                with self._lock:
                    if not self._whole:
                        _reset(near)
                        continue
                    far = socket.create_connection(("127.0.0.1", self._target))
                    self._pairs += [near, far]
                for source, sink, answers in ((near, far, False), (far, near, True)):
                    threading.Thread(target=self._pump, args=(source, sink, answers), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if not (answers and self._deaf):
                    sink.sendall(data)
        for each in (source, sink):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


def _reset(connection: socket.socket) -> None:
    """Close so that the other side sees the line go dead, not an orderly end."""
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RDWR)
        connection.close()


DATA_KEY = base64.b64encode(b"k" * 32).decode()
