"""Conversations in the hands of people: escalation, the queue, who has what, the hand-back, callbacks, complaints.

escalate: escalate, leave, call_instead: a conversation needs a person, or no longer · ownership: take, send, transfer,
assign · ending: hand_back, wrap_up · presence: who is at the desk · queue: what waits, and how long · callbacks, notes,
complaints, figures · waiting: what time brings. Every function works in the caller's transaction and audits its change.
"""
