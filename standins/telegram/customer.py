"""A person with a phone who writes to the bot, and reads what it answers."""

from __future__ import annotations

import time
from typing import Any

from standins.telegram.chats import Json, private_chat, user
from standins.telegram.delivery import Delivery
from standins.telegram.server import TelegramServer


class TelegramCustomer:
    """Everything is delivered as soon as it is done. `replies` are texts that were not read yet."""

    def __init__(self, server: TelegramServer, chat_id: int = 38_001_001, name: str = "张伟") -> None:
        self.chat_id, self._server = chat_id, server
        self.delivery = Delivery(server)
        self._chat, self._user = private_chat(chat_id, name), user(chat_id, name)
        self._read = 0

    def says(self, text: str, times: int = 1) -> Json:
        """A text; the update."""
        entities = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}] if text[:1] == "/" else []
        return self._message(times, text=text, **({"entities": entities} if entities else {}))

    def ask(self, text: str, quiet: float = 0.5, seconds: float = 30) -> list[str]:
        """Say something, and what came back: at least one answer, until nothing more comes for `quiet` seconds."""
        self.says(text)
        return self.settled(quiet, seconds)

    def taps(self, title: str) -> Json:
        """The newest button of this title."""
        for message in reversed(self._server.chats.to(self.chat_id)):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in (button for row in rows for button in row if button["text"] == title):
                query = {"id": str(time.monotonic_ns()), "from": self._user, "chat_instance": "1", "message": message}
                update = self._server.chats.update(callback_query={**query, "data": button["callback_data"]})
                self.delivery.deliver(update)
                return update
        raise LookupError(f"no button {title}")

    def sends_photo(self, data: bytes, caption: str = "") -> Json:
        """A photo, in the sizes that Telegram makes of it."""
        small, large = self._server.chats.add_file(data[:100]), self._server.chats.add_file(data)
        sizes = [{**small, "width": 90, "height": 67}, {**large, "width": 1280, "height": 960}]
        return self._message(1, photo=sizes, **({"caption": caption} if caption else {}))

    def sends_document(self, data: bytes, name: str, mime: str = "application/pdf") -> Json:
        file = self._server.chats.add_file(data, "documents")
        return self._message(1, document={**file, "file_name": name, "mime_type": mime})

    def speaks(self) -> Json:
        """A voice message, which no bot is told the words of."""
        file = self._server.chats.add_file(b"OggS", "voice")
        return self._message(1, voice={**file, "duration": 3, "mime_type": "audio/ogg"})

    def shares_place(self, latitude: float, longitude: float, title: str = "", address: str = "") -> Json:
        location = {"latitude": latitude, "longitude": longitude}
        venue = {"venue": {"location": location, "title": title, "address": address}} if title else {}
        return self._message(1, location=location, **venue)

    def shares_contact(self, phone: str) -> Json:
        contact = {"phone_number": phone, "first_name": self._user["first_name"], "user_id": self.chat_id}
        return self._message(1, contact=contact)

    def corrects(self, update: Json, text: str) -> Json:
        """Edits a message sent before."""
        edited = {**update["message"], "text": text, "edit_date": int(time.time())}
        changed = self._server.chats.update(edited_message=edited)
        self.delivery.deliver(changed)
        return changed

    def blocks(self) -> None:
        """Stops the bot."""
        self._server.chats.blocked.add(self.chat_id)
        self._membership("member", "kicked")

    def unblocks(self) -> None:
        """Starts it again: Telegram's "restart" sends /start."""
        self._server.chats.blocked.discard(self.chat_id)
        self._membership("kicked", "member")
        self.says("/start")

    def hears(self, count: int = 1, seconds: float = 15) -> list[str]:
        """The next replies, once there are this many."""
        end = time.monotonic() + seconds
        while len(self._all()) < self._read + count:
            if time.monotonic() > end:
                raise TimeoutError(f"{len(self._all()) - self._read} of {count} replies came")
            time.sleep(0.02)
        heard = self._all()[self._read :]
        self._read += len(heard)
        return heard

    def settled(self, quiet: float = 0.5, seconds: float = 30) -> list[str]:
        """The next replies, until nothing more comes for `quiet` seconds."""
        heard = self.hears(1, seconds)
        while True:
            time.sleep(quiet)
            if len(self._all()) == self._read:
                return heard
            heard += self.hears(1)

    def _all(self) -> list[str]:
        return [message["text"] for message in self._server.chats.to(self.chat_id)]

    def _message(self, times: int, **content: Any) -> Json:
        self._server.chats.known.add(self.chat_id)
        message = self._server.chats.message(self._chat, **{"from": self._user}, **content)
        update = self._server.chats.update(message=message)
        self.delivery.deliver(update, times)
        return update

    def _membership(self, before: str, after: str) -> None:
        bot = {"id": int(self._server.token.split(":")[0]), "is_bot": True, "first_name": "理赔助手"}
        members = {
            "old_chat_member": {"user": bot, "status": before, "until_date": 0},
            "new_chat_member": {"user": bot, "status": after, "until_date": 0},
        }
        change = {"chat": self._chat, "from": self._user, "date": int(time.time()), **members}
        self.delivery.deliver(self._server.chats.update(my_chat_member=change))
