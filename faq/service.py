"""What the rest of the product asks the knowledge base. Load once a process; a question then takes some 30 ms.

`answer(text)` decides (Answer, AskBack or Unknown), `search(text)` lists, `entry(id)` fetches what a customer chose.
"""

import threading
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

from faq.catalogue import Entry, load_entries
from faq.foreign import load_foreign
from lipei.settings import get_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from faq.decide import Calibration, Decision
    from faq.encoder import Embedder, Vectors
    from faq.index import Hit, Index


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Entries ready to be searched, and the limits that go with them."""

    index: "Index"
    calibration: "Calibration"


_lock = threading.Lock()
_knowledge: Knowledge | None = None


def get_knowledge() -> Knowledge:
    """The process's knowledge base, built at the first call: some seconds, half a minute when nothing is on disk.

    Call it at start, so that no customer waits for it.
    Raises EntriesInvalid, EncoderUnavailable or StoreUnavailable.
    """
    global _knowledge
    with _lock:
        if _knowledge is None:
            _knowledge = _build()
        return _knowledge


def get_index() -> "Index":
    """The index of `get_knowledge`."""
    return get_knowledge().index


def reload() -> None:
    """Forget what was built: the next call reads the entry files again."""
    global _knowledge
    with _lock:
        _knowledge = None
        _embedder.cache_clear()


def search(text: str, k: int = 10) -> "list[Hit]":
    """The k entries nearest to a question, best first."""
    return get_index().search(text, k)


def answer(text: str) -> "Decision":
    """What to do with a customer's question: Answer, AskBack or Unknown."""
    from faq.decide import decide

    knowledge = get_knowledge()
    return decide(knowledge.index, knowledge.calibration, text)


def entry(entry_id: str) -> Entry:
    """The entry with that id, e.g. the one chosen after asking back. Raises KeyError."""
    return get_index().entry(entry_id)


def encode(texts: "Sequence[str]") -> "Vectors":
    """Unit vectors of shape (texts, dimensions), by the process's sentence encoder; does not need the entries."""
    return _embedder().encode(texts)


def _build() -> Knowledge:
    from faq.kept import calibration
    from faq.store import chosen_store, open_index

    settings = get_settings()
    entries, foreign = load_entries(), load_foreign()
    index = open_index(entries, _embedder(), chosen_store(settings), foreign)
    kept_in = settings.faq_dir / "calibrations"
    return Knowledge(index, calibration(entries, index.embedder, foreign, kept_in))


@cache
def _embedder() -> "Embedder":
    # One thread for linear algebra: with more, threads spin against the other processes of a small machine, and a
    # start of six seconds took minutes on two busy cores. It holds for the whole process: a question needs no second.
    threadpool_limits(limits=1, user_api="blas")
    # The encoder brings torch along (seconds, hundreds of megabytes): only processes that use the FAQ pay for it.
    from faq.encoder import Embedder

    return Embedder(get_settings().encoder)
