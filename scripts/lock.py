"""`make lock`: resolve requirements.in and requirements-dev.in in fresh environments and write the exact versions.

Standard library only. The engine's lock, bot/requirements.txt, is kept by hand: Rasa pins nearly all of it.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADER = "# Made by `make lock` from {source}. Exact versions; do not edit by hand.\n"


def freeze(python):
    """Installed packages as `name==version`, without local version labels (+cpu) and pip itself."""
    command = [python, "-m", "pip", "freeze", "--all"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    pinned = [line.split("+")[0] for line in lines if "==" in line]
    return sorted((line for line in pinned if line.split("==")[0] not in {"pip", "wheel"}), key=str.lower)


def main():
    """Writes both lock files."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = f"{folder}/bin/python"
        known = []
        for source in ("requirements.in", "requirements-dev.in"):
            subprocess.run([python, "-m", "pip", "install", "--upgrade", "-r", str(ROOT / source)], check=True)
            found = [line for line in freeze(python) if line not in known]
            target = (ROOT / source).with_suffix(".txt")
            target.write_text(HEADER.format(source=source) + "\n".join(found) + "\n")
            print(f"{target.name}: {len(found)} packages")
            known += found
    return 0


if __name__ == "__main__":
    sys.exit(main())
