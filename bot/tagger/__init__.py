"""A small trained tagger for what rules cannot list: places and people's names.

It reads a sentence character by character together with what the rules of bot.values think of each character.
"""
