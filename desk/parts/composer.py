"""Where agents write: to the customer, or a private note that looks different and never leaves."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui
from nicegui.events import UploadEventArguments

from channels.gateway import files
from channels.gateway.files import NotTaken
from desk.operations.talks import say_to_customer, send_file, take_talk, write_note
from desk.seat import Seat
from desk.wording import say

ENTER = """(event) => {
  if (event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  emit(event.target.value);
  event.target.value = "";
  event.target.dispatchEvent(new Event("input"));
}"""
"""Enter that ends a word of an input method is not yet the end of the message. The field is emptied in the browser, so
that what is typed while the message is on its way is not lost."""
TYPING_EVERY_SECONDS = 15.0


class Composer:
    """now: the id of the conversation; taken: called when a keystroke made it one's own; noted: with a new note."""

    def __init__(
        self,
        seat: Seat,
        now: Callable[[], str],
        taken: Callable[[], Awaitable[None]],
        noted: Callable[[dict[str, Any]], None],
    ) -> None:
        self.seat, self._now, self._taken, self._noted = seat, now, taken, noted
        self.private = False
        self._client_id = str(uuid.uuid4())
        self._begun: dict[str, str] = {}
        with ui.element("div").classes("composer") as self._box:
            self.chips = ui.element("div").classes("chips")
            with ui.element("div").classes("modes"):
                self._reply = ui.element("button").classes("mode on").on("click", lambda: self._mode(private=False))
                with self._reply:
                    ui.label(say("talks.reply_tab"))
                self._note = ui.element("button").classes("mode").on("click", lambda: self._mode(private=True))
                with self._note:
                    ui.icon("lock")
                    ui.label(say("talks.note_tab"))
                ui.space()
                self._upload = ui.upload(on_upload=self._attach, auto_upload=True, max_file_size=files.ATTACHMENT_BYTES)
                self._upload.classes("hidden").props('accept="image/*,.pdf"')
                ui.button(icon="attach_file", on_click=lambda: self._upload.run_method("pickFiles")).props(
                    "flat dense round"
                ).tooltip(say("talks.attach"))
            with ui.element("div").classes("field"):
                self.text = ui.textarea(placeholder=say("talks.write")).props(
                    "outlined autogrow dense input-style='max-height:9rem;min-height:3.2rem'"
                )
                self.text.on("keydown.enter", self._enter, js_handler=ENTER)
                # Typed, pasted or put together by an input method: each of them changes the value.
                self.text.on(
                    "update:modelValue",
                    self._typing,
                    throttle=TYPING_EVERY_SECONDS,
                    trailing_events=False,
                    js_handler="(value) => { if (value) emit() }",
                )
                ui.button(icon="send", on_click=self._button).props("unelevated round").classes("send").tooltip(
                    say("do.send")
                )

    def switch(self, before: str, to: str) -> None:
        """Another conversation: what was begun in one is kept for it, and never stands in the field of another."""
        self._begun[before], self._client_id = str(self.text.value or ""), str(uuid.uuid4())
        self._mode(private=False)
        self.text.value = self._begun.pop(to, "")
        self.chips.clear()

    def put(self, text: str) -> None:
        """A ready reply into the field, to be edited."""
        self._mode(private=False)
        self.text.value = f"{self.text.value}\n{text}".strip() if self.text.value else text
        self.text.run_method("focus")

    def enabled(self, on: bool) -> None:
        """Without a conversation nothing can be written."""
        self._box.set_visibility(on)

    def _mode(self, *, private: bool) -> None:
        if private is not self.private:
            self.private = private
            self._reply.classes(toggle="on")
            self._note.classes(toggle="on")
            self._box.classes(toggle="private")
            self.text.props(f'placeholder="{say("talks.write_note" if private else "talks.write")}"')

    async def _typing(self) -> None:
        """The first keystroke takes the conversation over; later ones say that somebody is there."""
        if not self.private and self._now() and await self.seat.do(take_talk, self._now()) is not None:
            await self._taken()

    async def _enter(self, event: Any) -> None:
        await self._send(str(event.args or ""))

    async def _button(self) -> None:
        text, self.text.value = str(self.text.value or ""), ""
        await self._send(text)

    async def _send(self, text: str) -> None:
        """Send it or keep it as a note; what was not taken comes back into the field."""
        if not text.strip() or not self._now():
            return
        if self.private:
            note = await self.seat.do(write_note, self._now(), text)
            if note is not None:
                self._noted(note)
                return
        # The same id until it is through: a message whose answer was lost on the way is not said twice.
        elif await self.seat.do(say_to_customer, self._now(), text, self._client_id) is not None:
            self._client_id = str(uuid.uuid4())
            await self._taken()
            return
        self.text.value = f"{text}\n{self.text.value}".strip() if self.text.value else text

    async def _attach(self, event: UploadEventArguments) -> None:
        data = await event.file.read()
        self._upload.reset()
        try:
            kept = files.keep(self.seat.settings.attachments_dir, data, event.file.name)
        except NotTaken:
            ui.notify(say("refusals.file_not_taken"), type="negative", position="top")
            return
        about = {
            "sha256": kept.sha256,
            "mime": kept.mime,
            "size": kept.size,
            "path": kept.path,
            "original_name": kept.name,
        }
        if await self.seat.do(send_file, self._now(), about) is not None:
            await self._taken()
