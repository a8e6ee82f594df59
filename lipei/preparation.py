"""What must be there before the processes start: the trained model and the knowledge base's vectors.

Both are kept below var_dir and made again only when what they are made from has changed. On a fresh clone each takes
about a minute, so they are made side by side.
"""

import hashlib
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lipei.processes import environment
from lipei.settings import Settings
from lipei.training import ensure_model

BUILD = "from faq.service import get_index; get_index()"


class PreparationFailed(RuntimeError):
    """The knowledge base could not be built. The message names the log and quotes its last line."""


def prepare(settings: Settings, say: Callable[[str], None] = lambda text: None) -> Path:
    """Make what is missing; the path of the model. Raises TrainingFailed or PreparationFailed."""
    with ThreadPoolExecutor(1) as pool:
        knowledge = pool.submit(ensure_knowledge, settings, say)
        model, trained = ensure_model(settings, say)
        knowledge.result()
    if not trained:
        say("nothing changed, the trained model is used again")
    return model


def ensure_knowledge(settings: Settings, say: Callable[[str], None] = lambda text: None) -> None:
    """Build the vectors of the knowledge base unless those on disk are of the same entries and encoder.

    In a process of its own: the encoder's memory is given back. Raises PreparationFailed.
    """
    stamp = settings.var_dir / "faq" / ".lipei-stamp"
    wanted = _fingerprint(settings)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("building the knowledge base (about a minute, once)")
    log = settings.var_dir / "log" / "faq.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        command = [sys.executable, "-c", BUILD]
        code = subprocess.run(
            command, cwd=settings.root, env=environment(settings), stdout=output, stderr=subprocess.STDOUT
        ).returncode
    if code != 0:
        last = (log.read_text(errors="replace").strip().splitlines() or ["it said nothing"])[-1]
        raise PreparationFailed(f"The knowledge base could not be built ({last}); details: {log}")
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)


def _fingerprint(settings: Settings) -> str:
    digest = hashlib.sha256(settings.encoder.encode())
    for file in sorted((settings.root / "faq").rglob("*")):
        if file.suffix in {".py", ".yml", ".json"}:
            digest.update(file.read_bytes())
    return digest.hexdigest()
