from claims import requests
from claims.identity.proof import set_proven
from claims.models import ServiceRequest
from claims.vocabulary import RequestState


def _open(session, chat, kind: str = "human") -> bool:
    return requests.open_request(session, kind=kind, conversation_id=chat.id, text="转人工")


def test_a_wish_is_recorded_once_until_it_is_done(session, chat) -> None:
    assert _open(session, chat)
    assert not _open(session, chat)
    (request,) = requests.listing(session, kind="human")
    requests.close(session, request, "agent01")
    requests.close(session, request, "agent01")
    assert requests.listing(session, state=RequestState.OPEN) == []
    assert _open(session, chat)


def test_every_complaint_counts(session, chat) -> None:
    assert _open(session, chat, "complaint")
    assert _open(session, chat, "complaint")


def test_the_proven_customer_is_noted(session, chat, time) -> None:
    from claims import customers

    customer = customers.reporter(session, "13800138001")
    set_proven(chat, customer.id)
    _open(session, chat)
    assert session.query(ServiceRequest).one().customer_id == customer.id
