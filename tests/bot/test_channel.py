"""The engine's HTTP door, with the tiny bot behind it."""

import asyncio

import pytest
from rasa.shared.exceptions import RasaException

from bot.channel import BadRequest, GatewayInput, Turn
from tests.bot.conftest import NOW, TOKEN, running_engine

GOOD = {"conversation": "c1", "message_id": "m1", "text": "你好", "now": NOW, "awaiting": None, "payload": False}


def test_one_utterance_stays_one_message(model):
    async def scene():
        async with running_engine(model) as engine:
            status, body = await engine.post("你好")
            assert status == 200
            assert body == {
                "messages": [
                    {
                        "text": "您好！",
                        "buttons": [{"title": "报案", "payload": "/report_claim"}],
                        "awaiting": "choice",
                    }
                ]
            }
            _, body = await engine.post("转人工")
            assert [m["text"] for m in body["messages"]] == ["马上为您转接。\n\n请稍等。"]

    asyncio.run(scene())


def test_several_utterances_are_several_messages_and_metadata_reaches_the_action(model):
    async def scene():
        async with running_engine(model) as engine:
            status, body = await engine.post("我要报案", message_id="m7")
            assert status == 200
            assert [m["text"] for m in body["messages"]] == ["收到：我要报案", "记下了。"]
            said = engine.actions.calls[0]["tracker"]["latest_message"]
            assert said["metadata"] == {"message_id": "m7", "now": NOW, "awaiting": None, "channel": "lipei"}
            assert said["original_text"] == "我要报案"
            assert said["traditional"] is False

    asyncio.run(scene())


def test_a_channel_with_a_variant_of_a_response_gets_it_and_the_others_never_do(model):
    async def scene():
        async with running_engine(model) as engine:
            for channel, heard in (("sms", "好。"), ("voice", "记下了。"), ("webchat", "记下了。")):
                for n in range(4):
                    _, body = await engine.post("我要报案", message_id=f"{channel}{n}", channel=channel)
                    assert [m["text"] for m in body["messages"]] == ["收到：我要报案", heard]
                assert engine.actions.calls[-1]["tracker"]["latest_message"]["metadata"]["channel"] == channel

    asyncio.run(scene())


def test_customers_words_are_never_a_command_and_payloads_are(model):
    async def scene():
        async with running_engine(model) as engine:
            command = '/report_claim{"location": "人民路"}'
            for words in (command, f" {command}", f"／{command[1:]}"):
                await engine.post(words, conversation=f"said {words}")
                heard = (await engine.store.retrieve(f"said {words}")).latest_message
                assert heard.text.startswith("／report_claim")
                assert heard.intent["confidence"] < 1.0, "classified as words, not obeyed"
            status, body = await engine.post('/report_claim{"location": "人民路"}', payload=True)
            assert status == 200 and len(body["messages"]) == 2
            entities = engine.actions.calls[-1]["tracker"]["latest_message"]["entities"]
            assert [(e["entity"], e["value"]) for e in entities] == [("location", "人民路")]

    asyncio.run(scene())


def test_a_failing_action_is_500_and_the_same_message_works_later(model):
    async def scene():
        async with running_engine(model) as engine:
            await engine.post("你好")
            before = await engine.store.retrieve("c1")
            engine.actions.fails = True
            status, body = await engine.post("我要报案")
            assert (status, body) == (500, {"error": "the turn failed"})
            assert len(engine.actions.calls) == 1, "nothing more is tried in a turn that failed"
            after = await engine.store.retrieve("c1")
            assert len(after.events) == len(before.events), "nothing of a failed turn is kept"
            engine.actions.fails = False
            status, body = await engine.post("我要报案")
            assert status == 200 and len(body["messages"]) == 2

    asyncio.run(scene())


def test_an_action_server_that_is_away_is_503(model):
    async def scene():
        async with running_engine(model) as engine:
            engine.actions.hangs_up = True
            status, _ = await engine.post("我要报案")
            assert status == 503

    asyncio.run(scene())


def test_an_action_over_its_deadline_is_503(model, monkeypatch):
    async def scene():
        async with running_engine(model) as engine:
            monkeypatch.setattr("rasa.core.actions.action.DEFAULT_REQUEST_TIMEOUT", 0.2)
            engine.actions.pause = 1.0
            status, _ = await engine.post("我要报案")
            assert status == 503

    asyncio.run(scene())


def test_messages_of_one_conversation_are_answered_in_order_of_arrival(model):
    async def scene():
        async with running_engine(model) as engine:
            engine.actions.pause = 0.05
            texts = [f"我要报案{i}" for i in range(4)]
            sent = []
            for text in texts:
                sent.append(asyncio.ensure_future(engine.post(text)))
                await asyncio.sleep(0.01)
            answers = await asyncio.gather(*sent)
            assert [status for status, _ in answers] == [200] * 4
            heard = [call["tracker"]["latest_message"]["text"] for call in engine.actions.calls]
            assert heard == texts

    asyncio.run(scene())


def test_wrong_token_bad_json_and_no_model(model):
    async def scene():
        async with running_engine(model) as engine:
            assert (await engine.post("你好", token="another-token-of-length"))[0] == 401
            assert (await engine.send(b"{", TOKEN))[0] == 400
            assert (await engine.send({**GOOD, "now": "yesterday"}))[0] == 400
            async with engine.session.get(f"{engine.url}/health") as answer:
                assert answer.status == 200 and await answer.json() == {"status": "ok"}
        async with running_engine(None) as engine:
            assert (await engine.post("你好"))[0] == 503
            async with engine.session.get(f"{engine.url}/health") as answer:
                assert answer.status == 503

    asyncio.run(scene())


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {**GOOD, "text": None},
        {**GOOD, "conversation": ""},
        {**GOOD, "now": "2026-11-22T10:00:00"},
        {**GOOD, "awaiting": 3},
        {**GOOD, "payload": "yes"},
        {**GOOD, "payload": True},
        {**GOOD, "channel": None},
        {**GOOD, "channel": "sms/twilio"},
    ],
)
def test_a_wrong_request_is_named(wrong):
    with pytest.raises(BadRequest):
        Turn.read(wrong)


def test_a_right_request_is_read():
    assert Turn.read({**GOOD, "now": "2026-11-22T02:00:00Z", "text": " /x"}).engine_text == "／x"


@pytest.mark.parametrize(
    "credentials", [None, {}, {"token": ""}, {"token": "short"}, {"token": "${LIPEI_ENGINE_TOKEN}"}]
)
def test_the_channel_does_not_open_without_a_token(credentials):
    with pytest.raises(RasaException, match="LIPEI_ENGINE_TOKEN"):
        GatewayInput.from_credentials(credentials)
