"""What we say of our own accord: finding what is due, deciding whether, when and how it may be said, preparing it.

Nothing leaves from here: what is prepared is stored in the outbox, and the gateway sends it.
"""
