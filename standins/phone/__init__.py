"""The phone simulator of `make demo`: a page where a person plays the customer on the telephone.

It serves the stand-in of Twilio as well, which the demonstration's gateway is pointed at, so that text messages (and
calls) work end to end without any account. JSON interface of the page: docs/channels/phone-simulator.md.
"""
