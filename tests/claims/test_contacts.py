from claims import contacts, customers
from claims.identity.proof import set_proven


def test_a_known_customer_is_left_in_peace_on_the_phone_too(session, chat, time) -> None:
    customer = customers.reporter(session, "13800138001")
    set_proven(chat, customer.id)
    time.forward(hours=2)  # the proof has run out; the wish counts all the same
    contacts.opt_out(session, chat)
    assert contacts.opted_out(session, customer_id=customer.id)
    assert contacts.opted_out(session, address="13800138001")


def test_an_unknown_customer_is_left_in_peace_in_the_conversation(session, chat) -> None:
    contacts.opt_out(session, chat)
    assert contacts.opted_out(session, conversation_id=chat.id)
    assert not contacts.opted_out(session)
