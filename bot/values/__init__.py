"""Values in a customer's sentence, by rules and vocabularies: times, money, plates, numbers of papers, places, people, counts, causes.

`extract` is the only entry; it is pure, reads no network, and loads its vocabularies at the first call.
"""

from bot.values.extractor import extract

__all__ = ["extract"]
