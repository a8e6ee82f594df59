"""The trained model: made from the Rasa project's files, reused while they are unchanged."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from lipei.head_start import encoding_ahead
from lipei.processes import ENGINE_PYTHON, die_with_parent, environment
from lipei.settings import Settings

# Everything that a trained model depends on. The learned readers of values look at what the rules read, so the rules
# count; the rest of bot/ (the channel, the tracker store) learns nothing.
INPUTS = (
    "config.yml",
    "domain.yml",
    "data",
    "bot/components",
    "bot/inner",
    "bot/learned",
    "bot/values",
    "bot/requirements.txt",
)
KEPT_MODELS = 3


class TrainingFailed(RuntimeError):
    """Rasa could not train. The message names the log and quotes its last lines."""


def inputs(root: Path) -> Iterator[Path]:
    """The files that training reads, in a fixed order."""
    for name in INPUTS:
        path = root / name
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from sorted(
                file
                for file in path.rglob("*")
                if file.is_file() and not {".venv", "__pycache__"} & set(file.relative_to(root).parts)
            )


def model_path(settings: Settings) -> Path:
    """Where the model of the present inputs is, or will be: named by the hash of their contents."""
    digest = hashlib.sha256()
    for file in inputs(settings.root):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(settings.root)}\0{len(content)}\0".encode())
        digest.update(content)
    return settings.var_dir / "models" / f"lipei-{digest.hexdigest()[:16]}.tar.gz"


def ensure_model(settings: Settings, say: Callable[[str], None] = lambda text: None) -> tuple[Path, bool]:
    """The model of the present inputs, trained now when there is none: (path, whether it was trained).

    Raises TrainingFailed. The model appears whole or not at all, so a broken-off training is done again.
    """
    model = model_path(settings)
    if model.exists():
        os.utime(model)  # the newest are kept
        return model, False
    if not (settings.root / ENGINE_PYTHON).exists():
        raise TrainingFailed("The engine's environment bot/.venv is missing. Run: make setup")
    say("training the model (one to two minutes; later changes half a minute)")
    model.parent.mkdir(parents=True, exist_ok=True)
    log = settings.var_dir / "log" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=model.parent, prefix=".training-") as folder:
        _train(settings, Path(folder), model.name, log)
        shutil.move(Path(folder) / model.name, model)
    _forget_old(model.parent)
    return model, True


def _train(settings: Settings, folder: Path, name: str, log: Path) -> None:
    python = settings.root / ENGINE_PYTHON
    command = [python, "-m", "rasa", "train", "--config", "config.yml", "--domain", "domain.yml", "--data", "data"]
    command += ["--out", folder, "--fixed-model-name", name.removesuffix(".tar.gz")]
    # Rasa's validation reads everything once more to list what only its stories could use; tests/bot/test_project.py
    # checks what matters.
    command += ["--skip-validation"]
    # Rasa's own cache looks only at a component's class, not at what it imports: a stale part would be reused.
    values = {**environment(settings), "RASA_MAX_CACHE_SIZE": "0", "RASA_CACHE_DIRECTORY": str(folder / "cache")}
    values["LIPEI_EMBEDDINGS_DIR"] = str(settings.var_dir / "embeddings")
    with log.open("w") as output, encoding_ahead(settings.root, values, log.with_name("encode-ahead.log")):
        done = subprocess.run(
            command,
            cwd=settings.root,
            env=values,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent(),
        )
    if done.returncode != 0 or not (folder / name).exists():
        last = log.read_text(errors="replace").strip().splitlines()[-8:]
        raise TrainingFailed(
            f"The model could not be trained; details: {log}\n" + "\n".join(f"  {line}" for line in last)
        )


def _forget_old(folder: Path) -> None:
    models = sorted(folder.glob("lipei-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for model in models[KEPT_MODELS:]:
        model.unlink(missing_ok=True)
