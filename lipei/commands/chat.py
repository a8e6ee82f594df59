"""`lipei chat`: a customer's chat in the terminal, over the same public API as the web page."""

import mimetypes
import shlex
import threading
from pathlib import Path

import typer
from rich.console import Console

from lipei.client import Answer, ApiError, BotMessage, ChatClient
from lipei.console import console, fail
from lipei.settings import get_settings

HINTS = {
    "incident_time": "什么时候",
    "location": "在哪里",
    "contact_phone": "手机号",
    "material": "照片：/photo 文件",
    "code": "6 位验证码",
    "rating": "1–5",
    "choice": "选一个编号",
    "confirm": "确认或改第几项",
}
SENDERS = {"bot": "理赔助手", "agent": "坐席", "system": "系统"}
POLL_SECONDS = 2.0


def chat(
    url: str = typer.Option("", help="Address of the gateway; default: LIPEI_GATEWAY_PORT on this machine."),
) -> None:
    """Talk to the bot here. A number taps a button, /photo PATH sends a file, Ctrl-D ends."""
    address = url or f"http://127.0.0.1:{get_settings().gateway_port}"
    try:
        client = ChatClient(address)
    except ApiError:
        fail(f"no gateway answers at {address}. Start it with: make demo")
    with client:
        _Conversation(client, console()).run()


class _Conversation:
    """Reads what the person types, shows what comes back, and what staff say in between."""

    def __init__(self, client: ChatClient, screen: Console) -> None:
        self.client, self.screen = client, screen
        self.buttons: list[dict[str, str]] = []
        self.awaiting: str | None = None
        self.last_id = 0
        self.lock = threading.Lock()
        self.done = threading.Event()

    def run(self) -> None:
        self.screen.print("您好！请直接说您的事，例如：我要报案。Ctrl-D 结束。", style="dim")
        listener = threading.Thread(target=self._listen, daemon=True)
        listener.start()
        try:
            while True:
                hint = HINTS.get(self.awaiting or "", "")
                line = self.screen.input(f"[bold green]我[/]{f' [dim]({hint})[/]' if hint else ''} › ").strip()
                if line:
                    self._turn(line)
        except (EOFError, KeyboardInterrupt):
            self.screen.print()
        finally:
            self.done.set()

    def _turn(self, line: str) -> None:
        try:
            with self.lock:
                answer = self._send(line)
        except ApiError as error:
            self.screen.print(f"没有发出去：{error}", style="red", markup=False)
            return
        if answer is not None:
            self._show(answer.messages)

    def _send(self, line: str) -> Answer | None:
        if line.startswith("/photo"):
            return self._photo(shlex.split(line)[1:])
        if line.isdigit() and 1 <= int(line) <= len(self.buttons):
            return self.client.tap(self.buttons[int(line) - 1]["payload"])
        return self.client.say(line)

    def _photo(self, names: list[str]) -> Answer | None:
        path = Path(names[0]).expanduser() if names else None
        if path is None or not path.is_file():
            self.screen.print(f"找不到文件 {path or ''}。用法：/photo 文件", style="red", markup=False)
            return None
        mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return self.client.upload(path.name, path.read_bytes(), mime)

    def _show(self, messages: list[BotMessage]) -> None:
        fresh = [each for each in messages if each.id > self.last_id and each.sender != "customer"]
        self.last_id = max([self.last_id, *(each.id for each in messages)])
        for message in fresh:
            self.screen.print(f"{SENDERS.get(message.sender, message.sender)}", style="bold cyan", markup=False)
            self.screen.print(message.text, markup=False)
        if fresh:
            self.buttons = [button for message in fresh for button in message.buttons]
            self.awaiting = fresh[-1].awaiting
            for number, button in enumerate(self.buttons, 1):
                self.screen.print(f"  {number}. {button['title']}", style="yellow", markup=False)

    def _listen(self) -> None:
        """Messages that come without being asked for: late answers and people."""
        while not self.done.wait(POLL_SECONDS):
            try:
                with self.lock:
                    self._show(self.client.messages_after(self.last_id))
            except ApiError:
                continue  # the gateway is being restarted; the next round tries again
