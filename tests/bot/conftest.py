"""A tiny bot, trained once a session in a few seconds, and a stand-in for the action server."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from unittest.mock import patch

import aiohttp
import pytest
from aiohttp import web
from rasa.core.agent import Agent
from rasa.core.channels.channel import register
from rasa.model_training import train
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic
from sanic.app import TouchUp

from bot import hotspots, turns
from bot.channel import GatewayInput
from bot.tracker_store import BriefTrackerStore

TOKEN = "a-token-for-tests-only"
NOW = "2026-11-22T10:00:00+08:00"

_touch_up = TouchUp.run
_touched_up: list[bool] = []

CONFIG = """
recipe: default.v1
language: zh
assistant_id: tiny
pipeline:
  - name: bot.components.normaliser.Normaliser
  - name: bot.components.tokenizer.CharacterTokenizer
  - name: bot.components.intent_classifier.SentenceIntentClassifier
    threshold: 0.3
    margin: 0.0
  - name: bot.components.value_extractor.ValueExtractor
  - name: bot.components.context_reader.ContextReader
policies:
  - name: RulePolicy
    core_fallback_action_name: action_clarify
    core_fallback_threshold: 0.3
"""
DOMAIN = """
version: "3.1"
session_config: {session_expiration_time: 0, carry_over_slots_to_new_session: false}
intents: [greet, request_human, report_claim, inform, resume_task, nlu_fallback]
entities: [location, cause]
actions: [action_report, action_clarify]
responses:
  utter_greet:
    - text: "您好！"
      buttons: [{title: 报案, payload: /report_claim}]
      custom: {awaiting: choice}
  utter_human: [{text: "马上为您转接。\\n\\n请稍等。"}]
  utter_heard:
    - text: "记下了。"
    - text: "好。"
      channel: sms
"""
DATA = """
version: "3.1"
nlu:
  - intent: greet
    examples: |
      - 你好
      - 您好啊
      - 早上好
      - 在吗
  - intent: request_human
    examples: |
      - 转人工
      - 找个真人
      - 我要人工客服
      - 叫个活人来
  - intent: report_claim
    examples: |
      - 我要报案
      - 车被撞了
      - 出险了要理赔
      - 家里着火了
  - intent: inform
    examples: |
      - 昨天下午
      - 在人民路
      - 损失三千
      - 就我一个人
rules:
  - rule: greet
    steps: [{intent: greet}, {action: utter_greet}]
  - rule: human
    steps: [{intent: request_human}, {action: utter_human}]
  - rule: report
    steps: [{intent: report_claim}, {action: action_report}, {action: utter_heard}]
  - rule: inform
    steps: [{intent: inform}, {action: action_report}]
"""


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Path of the trained tiny bot."""
    home = tmp_path_factory.mktemp("tiny")
    for name, content in (("config.yml", CONFIG), ("domain.yml", DOMAIN), ("data.yml", DATA)):
        (home / name).write_text(content, encoding="utf-8")
    settings = pytest.MonkeyPatch()
    settings.setenv("RASA_CACHE_DIRECTORY", str(home / "cache"))
    settings.setenv("LIPEI_EMBEDDINGS_DIR", str(home / "embeddings"))
    try:
        result = train(
            str(home / "domain.yml"), str(home / "config.yml"), [str(home / "data.yml")], str(home / "models")
        )
    finally:
        settings.undo()
    assert result.model is not None
    return result.model


class ActionServer:
    """Answers every action with one reply; `calls` holds what it was asked.

    `fails` makes it answer 500, `hangs_up` close the connection without an answer.
    """

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.fails = False
        self.hangs_up = False
        self.pause = 0.0

    async def handle(self, request: web.Request) -> web.Response:
        call = await request.json()
        self.calls.append(call)
        await asyncio.sleep(self.pause)
        if self.hangs_up and request.transport is not None:
            request.transport.close()
        if self.fails:
            return web.json_response({"error": "down"}, status=500)
        said = call["tracker"]["latest_message"]["text"]
        return web.json_response({"events": [], "responses": [{"text": f"收到：{said}"}]})


class Engine:
    """The tiny bot behind its real channel on a loopback port."""

    def __init__(self, url: str, session: aiohttp.ClientSession, actions: ActionServer, store: Any) -> None:
        self.url, self.session, self.actions, self.store = url, session, actions, store

    async def post(self, text: str, token: str = TOKEN, **fields: Any) -> tuple[int, dict[str, Any]]:
        body = {"conversation": "c1", "message_id": "m1", "text": text, "now": NOW, "awaiting": None, "payload": False}
        return await self.send({**body, **fields}, token)

    async def send(self, body: Any, token: str = TOKEN) -> tuple[int, dict[str, Any]]:
        raw = {"data": body} if isinstance(body, bytes) else {"json": body}
        headers = {"Authorization": f"Bearer {token}"}
        async with self.session.post(f"{self.url}/message", headers=headers, **raw) as answer:
            return answer.status, await answer.json()


@asynccontextmanager
async def running_engine(model: str | None) -> AsyncIterator[Engine]:
    """The channel on a free port with the tiny model (None: no model loaded) and a stand-in action server."""
    hotspots.remove()
    turns.fail_visibly()
    actions = ActionServer()
    app_actions = web.Application()
    app_actions.router.add_post("/webhook", actions.handle)
    runner = web.AppRunner(app_actions)
    await runner.setup()
    actions_socket, engine_socket = _loopback(), _loopback()
    await web.SockSite(runner, actions_socket).start()
    store = BriefTrackerStore()
    agent = Agent(
        action_endpoint=EndpointConfig(f"http://127.0.0.1:{actions_socket.getsockname()[1]}/webhook"),
        tracker_store=store,
    )
    if model is not None:
        agent.load_model(model)
    Sanic._app_registry.clear()
    app = Sanic("tiny_engine", configure_logging=False)
    app.ctx.agent = agent
    register([GatewayInput(TOKEN)], app, "/webhooks/")
    server = await app.create_server(sock=engine_socket, return_asyncio_server=True, debug=False, access_log=False)
    with patch("sanic.app.TouchUp.run", _touch_up_once):
        await server.startup()
    await server.start_serving()
    try:
        async with aiohttp.ClientSession() as session:
            url = f"http://127.0.0.1:{engine_socket.getsockname()[1]}/webhooks/lipei"
            yield Engine(url, session, actions, agent.tracker_store)
    finally:
        server.close()
        await runner.cleanup()


def _touch_up_once(app: Sanic) -> None:
    """Sanic rewrites its own methods when it starts and cannot do so twice in a process; here it starts once a test."""
    if not _touched_up:
        _touch_up(app)
        _touched_up.append(True)


def _loopback() -> socket.socket:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    return listening
