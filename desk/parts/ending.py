"""What is done with a conversation: taken, given back to the bot, passed on, assigned."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from claims.staff import Right
from desk.operations.board import colleagues
from desk.operations.talks import assign_talk, draft_fields, hand_back, pass_on, take_talk
from desk.parts.asking import choose
from desk.parts.correcting import Correcting
from desk.seat import Seat
from desk.wording import say, words


class Ending:
    """The buttons above a conversation. now: its id; done: called when something was done."""

    def __init__(self, seat: Seat, now: Callable[[], str], done: Callable[[], Awaitable[None]]) -> None:
        self.seat, self._now, self._done = seat, now, done
        self._take = ui.button(say("talks.take"), icon="front_hand", on_click=self._taken)
        self._assign = ui.button(say("talks.assign"), icon="person_add", on_click=self._assigned)
        self._pass = ui.button(say("talks.pass_on"), icon="forward", on_click=self._passed)
        self._back = ui.button(say("talks.hand_back"), icon="smart_toy", on_click=self._given_back)
        for button in (self._assign, self._pass):
            button.props("flat no-caps dense")
        for button in (self._take, self._back):
            button.props("unelevated no-caps dense")

    def stand(self, standing: dict[str, Any]) -> None:
        """Show what can be done with it now."""
        writes = self.seat.may(Right.WRITE_CONVERSATIONS)
        self._take.set_visibility(writes and not standing["owner"])
        self._pass.set_visibility(bool(standing["mine"]))
        self._back.set_visibility(bool(standing["mine"]))
        open_ = bool(standing["waiting"] or standing["owner"])
        self._assign.set_visibility(self.seat.may(Right.SUPERVISE) and open_ and not standing["mine"])

    async def _taken(self) -> None:
        if await self.seat.do(take_talk, self._now()) is not None:
            await self._done()

    async def _given_back(self) -> None:
        fields = await self.seat.do(draft_fields, self._now()) or []
        with ui.dialog() as dialog, ui.card().classes("ask"):
            ui.label(say("talks.hand_back")).classes("title")
            agreed = ui.textarea(say("talks.agreed"), placeholder=say("talks.agreed_hint"))
            agreed.props("outlined dense autogrow")
            code = ui.select(words("wrap_ups"), label=say("talks.wrap_up")).props("outlined dense")
            note = ui.textarea(say("talks.wrap_up_note")).props("outlined dense autogrow")
            for field in (agreed, code, note):
                field.classes("wide")
            facts = Correcting(fields) if fields else None

            async def give() -> None:
                typed = facts.typed() if facts is not None else {}
                done = await self.seat.do(
                    hand_back, self._now(), agreed.value or "", code.value or "", note.value or "", typed
                )
                if done:
                    ui.notify(say("talks.handed_back"), type="positive", position="top")
                    dialog.close()
                    await self._done()

            with ui.row().classes("end"):
                ui.button(say("do.cancel"), on_click=dialog.close).props("flat no-caps")
                ui.button(say("talks.hand_back"), on_click=give).props("unelevated no-caps")
        dialog.on_value_change(lambda event: None if event.value else dialog.delete())
        dialog.open()

    async def _passed(self) -> None:
        choices = {"": say("talks.to_queue"), **(await self.seat.do(colleagues) or {})}
        chosen = await choose(say("talks.pass_on"), choices)
        if chosen is not None and await self.seat.do(pass_on, self._now(), chosen):
            ui.notify(say("talks.passed"), type="positive", position="top")
            await self._done()

    async def _assigned(self) -> None:
        chosen = await choose(say("talks.assign"), await self.seat.do(colleagues) or {})
        if chosen and await self.seat.do(assign_talk, self._now(), chosen):
            ui.notify(say("talks.passed"), type="positive", position="top")
            await self._done()
