"""Trackers stay short, few, and complete enough for the rules."""

import asyncio

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.tracker_store import BriefTrackerStore

DOMAIN = Domain.from_yaml(
    'version: "3.1"\nintents: [greet]\nslots: {mood: {type: any, mappings: [{type: custom}]}}\n'
    "actions: [action_a]\nresponses: {utter_a: [{text: a}]}"
)


def turn(number):
    return [
        UserUttered(f"message {number}", {"name": "greet", "confidence": 1.0}),
        ActionExecuted("action_a"),
        ActionExecuted("action_listen"),
    ]


def tracker(sender, events):
    return DialogueStateTracker.from_events(sender, events, DOMAIN.slots, domain=DOMAIN)


def stored(store, sender):
    return asyncio.run(store.retrieve(sender))


def test_a_short_tracker_comes_back_whole():
    store = BriefTrackerStore(DOMAIN)
    events = [ActionExecuted("action_listen"), *turn(1), SlotSet("mood", "good")]
    asyncio.run(store.save(tracker("c", events)))
    assert list(stored(store, "c").events) == events
    assert stored(store, "c").get_slot("mood") == "good"
    assert stored(store, "nobody") is None


def test_a_long_tracker_is_cut_between_turns_and_keeps_its_slots():
    store = BriefTrackerStore(DOMAIN, events=7)
    events = [ActionExecuted("action_listen"), SlotSet("mood", "calm")]
    for number in range(20):
        events += turn(number)
    asyncio.run(store.save(tracker("c", events)))
    kept = stored(store, "c")
    assert len(kept.events) <= 7 + 3 + 1
    assert isinstance(kept.events[0], SlotSet)
    assert kept.events[1].action_name == "action_listen"
    assert kept.get_slot("mood") == "calm"
    assert kept.latest_message.text == "message 19"
    asyncio.run(store.save(kept))
    assert len(stored(store, "c").events) <= len(kept.events), "cutting again does not grow it"


def test_the_longest_unused_conversation_falls_out():
    store = BriefTrackerStore(DOMAIN, conversations=2)
    for sender in ("a", "b"):
        asyncio.run(store.save(tracker(sender, turn(1))))
    stored(store, "a")
    asyncio.run(store.save(tracker("c", turn(1))))
    assert asyncio.run(store.keys()) == ["a", "c"]


def test_limits_are_checked():
    with pytest.raises(ValueError, match="tracker_store"):
        BriefTrackerStore(DOMAIN, events=0)
