import pytest
from sqlalchemy import select

from claims import conversations
from claims.errors import NotFound
from claims.models import Conversation
from claims.vocabulary import Mode
from tests.support.threads import together


def test_a_token_opens_its_conversation_and_no_other(session) -> None:
    one, token = conversations.open_conversation(session, "web")
    other, other_token = conversations.open_conversation(session, "web")
    assert conversations.by_token(session, token) is one
    assert conversations.by_token(session, other_token) is other
    assert conversations.by_token(session, token + "x") is None
    assert conversations.by_token(session, "") is None


def test_the_token_itself_is_not_stored(session) -> None:
    chat, token = conversations.open_conversation(session, "web")
    assert token not in str(vars(chat))


def test_an_address_has_one_conversation_a_channel(session) -> None:
    one, token = conversations.open_conversation(session, "sms", "13800138001")
    again, _ = conversations.open_conversation(session, "sms", "+86 138 0013 8001")
    elsewhere, _ = conversations.open_conversation(session, "voice", "13800138001")
    assert again is one
    assert elsewhere is not one
    assert token == ""
    assert conversations.by_address(session, "sms", "13800138001") is one
    assert conversations.by_token(session, "") is None


def test_opened_many_times_at_once_it_is_one(work) -> None:
    def open_it(_: int) -> str:
        with work() as unit:
            chat, _ = conversations.open_conversation(unit.session, "wechat", "openid-1")
            unit.commit()
            return chat.id

    assert len(set(together(6, open_it))) == 1
    with work() as unit:
        assert len(unit.session.scalars(select(Conversation)).all()) == 1


def test_an_unknown_conversation(session) -> None:
    with pytest.raises(NotFound):
        conversations.get(session, "nothing")


def test_the_script_follows_the_customer(session, chat) -> None:
    assert chat.script == "hans"
    conversations.set_script(chat, "hant")
    session.flush()
    session.refresh(chat)
    assert chat.script == "hant"


def test_only_one_of_two_takes_a_conversation_over(session, chat) -> None:
    version = chat.version
    assert conversations.change_mode(session, chat, Mode.AGENT, version=version)
    assert not conversations.change_mode(session, chat, Mode.QUEUED, version=version)
    assert (chat.mode, chat.version) == (Mode.AGENT, version + 1)
