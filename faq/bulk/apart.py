"""Many sentences encoded in a process of their own: in a long-lived one, what the encoder takes would not come back."""

import base64
import json
import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from lipei.settings import PROJECT_ROOT

COMMAND = (sys.executable, "-m", "faq.bulk")


class BulkFailed(RuntimeError):
    """The other process gave no vectors. The message quotes its last line."""


def queries_apart(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """As BulkE5.queries. Raises BulkFailed."""
    request = json.dumps({"texts": list(texts)}) + "\n"
    done = subprocess.run(COMMAND, input=request, cwd=PROJECT_ROOT, capture_output=True, text=True)
    try:
        rows = np.frombuffer(base64.b64decode(json.loads(done.stdout)["vectors"]), dtype="<f4")
        return rows.reshape(len(texts), -1).copy()
    except (ValueError, KeyError) as error:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise BulkFailed(f"{' '.join(COMMAND[1:])} ended with code {done.returncode}: {last}") from error
