"""SMTP (RFC 5321) as far as a sender of notices meets it: EHLO, STARTTLS, AUTH PLAIN, one message, QUIT."""

from __future__ import annotations

import asyncio
import base64
import email
import email.policy
import ssl
import threading
from collections import deque
from dataclasses import dataclass, field
from email.message import EmailMessage

LONGEST = 1_000_000
BREAK_OFF = "break off"
"""As a reply: the connection is closed without one."""


@dataclass
class Mail:
    """What was taken: the envelope, and the message itself."""

    sender: str
    receiver: str
    message: EmailMessage


@dataclass
class MailServer:
    """Runs in a thread of its own. replies: what the next command of a kind ("EHLO", "STARTTLS", "AUTH", "MAIL",
    "RCPT", "DATA", "text") is answered instead of the usual, each once; of "text" also after it was taken (`taken`).

    login: (user, password), asked for before a message when given. tls: offered by STARTTLS, or with implicit_tls used
    from the start. banner: the first line.
    """

    login: tuple[str, str] | None = None
    tls: ssl.SSLContext | None = None
    implicit_tls: bool = False
    banner: str = "220 standin ESMTP"
    replies: dict[str, deque[str]] = field(default_factory=dict)
    taken: dict[str, deque[str]] = field(default_factory=dict)
    mails: list[Mail] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    port: int = 0

    def say(self, command: str, *replies: str) -> None:
        """The next such commands are answered so."""
        self.replies.setdefault(command, deque()).extend(replies)

    def say_after_taking(self, *replies: str) -> None:
        """The next texts are taken, and answered so."""
        self.taken.setdefault("text", deque()).extend(replies)

    def start(self) -> MailServer:
        """Listen on a free port of 127.0.0.1."""
        ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait(10)
        return self

    def stop(self) -> None:
        """Safe to repeat."""
        if self._loop.is_closed():
            return
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join(10)

    def _run(self, ready: threading.Event) -> None:
        async def serve() -> None:
            self._stopped = asyncio.Event()
            context = self.tls if self.implicit_tls else None
            server = await asyncio.start_server(self._session, "127.0.0.1", self.port, ssl=context, limit=LONGEST)
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            await self._stopped.wait()
            server.close()
            sessions = asyncio.all_tasks() - {asyncio.current_task()}
            for session in sessions:
                session.cancel()
            await asyncio.gather(*sessions, return_exceptions=True)

        self._loop.run_until_complete(serve())
        self._loop.close()

    async def _session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _Session(self, reader, writer).run()
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.close()


class _Session:
    """One connection."""

    def __init__(self, server: MailServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server, self._reader, self._writer = server, reader, writer
        self._encrypted, self._known = server.implicit_tls, server.login is None
        self._sender = self._receiver = ""

    async def run(self) -> None:
        await self._send(self._server.banner)
        while line := (await self._reader.readline()).decode().strip():
            command = line.split(" ")[0].split(":")[0].upper()
            self._server.commands.append(command)
            waiting = self._server.replies.get(command)
            reply = waiting.popleft() if waiting else await self._usual(command, line)
            if reply == BREAK_OFF:
                return
            await self._send(reply)
            if command == "STARTTLS" and reply.startswith("220") and self._server.tls is not None:
                await self._writer.start_tls(self._server.tls)
                self._encrypted = True
            if command == "QUIT":
                return

    async def _usual(self, command: str, line: str) -> str:
        match command:
            case "EHLO" | "HELO":
                offered = ["standin", "8BITMIME"]
                offered += ["STARTTLS"] if self._server.tls and not self._encrypted else []
                offered += ["AUTH PLAIN"] if self._server.login else []
                return "\r\n".join([*(f"250-{each}" for each in offered[:-1]), f"250 {offered[-1]}"])
            case "STARTTLS":
                return "220 go ahead" if self._server.tls else "502 5.5.1 not here"
            case "AUTH":
                given = tuple(base64.b64decode(line.split()[-1]).decode().split("\0")[1:])
                self._known = given == self._server.login
                return "235 2.7.0 welcome" if self._known else "535 5.7.8 wrong user or password"
            case "MAIL" if not self._known:
                return "530 5.7.0 log in first"
            case "MAIL":
                self._sender = line.split("<")[1].split(">")[0]
                return "250 2.1.0 ok"
            case "RCPT":
                self._receiver = line.split("<")[1].split(">")[0]
                return "250 2.1.5 ok"
            case "DATA":
                await self._send("354 go on")
                return await self._text()
            case "QUIT":
                return "221 2.0.0 bye"
            case "RSET" | "NOOP":
                return "250 2.0.0 ok"
            case _:
                return "502 5.5.2 not known"

    async def _text(self) -> str:
        raw = (await self._reader.readuntil(b"\r\n.\r\n"))[:-3].replace(b"\r\n..", b"\r\n.")
        waiting = self._server.replies.get("text")
        if waiting:
            return waiting.popleft()
        message = email.message_from_bytes(raw, policy=email.policy.default)
        self._server.mails.append(Mail(self._sender, self._receiver, message))
        after = self._server.taken.get("text")
        return after.popleft() if after else "250 2.0.0 taken"

    async def _send(self, line: str) -> None:
        self._writer.write(line.encode() + b"\r\n")
        await self._writer.drain()
