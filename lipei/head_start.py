"""What training takes longest over, the vectors of its sentences, made while Rasa is still being imported."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import Popen

from lipei.processes import ENGINE_PYTHON, die_with_parent

ENCODER = (sys.executable, "-m", "faq.bulk")
LISTER = ("-m", "bot.components.encode_ahead", "data")


@contextmanager
def encoding_ahead(root: Path, values: dict[str, str], log: Path) -> Iterator[None]:
    """Two processes for as long as the block takes: each reads what the other writes.

    The engine's side knows the sentences and keeps their vectors; ours makes them, with libraries that the engine's
    environment lacks. Only a head start: should it fail, training encodes what is missing.
    """
    requests, to_encoder = os.pipe()
    answers, to_lister = os.pipe()
    with log.open("w") as output, ExitStack() as running:

        def start(command: Sequence[str | Path], reads: int, writes: int) -> None:
            process = Popen(
                command,
                cwd=root,
                env=values,
                stdin=reads,
                stdout=writes,
                stderr=output,
                preexec_fn=die_with_parent(),
            )
            running.callback(process.wait)
            running.callback(process.kill)

        try:
            start(ENCODER, requests, to_lister)
            start((root / ENGINE_PYTHON, *LISTER), answers, to_encoder)
        finally:  # theirs alone: each has to see when the other has ended
            for end in (requests, to_encoder, answers, to_lister):
                os.close(end)
        yield
