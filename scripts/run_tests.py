"""`make test`: the suite of the engine's environment, then that of the app's. Standard library only.

Tests that start whole stacks (marked `stack`) mostly wait: for processes to start, to be killed, to come back. They run
beside all others, which takes a quarter off the time on two cores; what they say is shown when they have ended.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENGINE = (ROOT / "bot" / ".venv" / "bin" / "python", "-m", "pytest")
APP = (ROOT / ".venv" / "bin" / "python", "-m", "pytest")


def main():
    """Exit code: 0 when everything passed, otherwise that of the first part that did not."""
    print("Tests of the engine (Python 3.10)", flush=True)
    engine = subprocess.call([*ENGINE, "tests/bot"], cwd=ROOT)
    print("Tests of the app; those of whole stacks run beside the others and are shown at the end", flush=True)
    with tempfile.TemporaryFile() as output:
        # Each remembers its failures in a place of its own, for --last-failed.
        asked = [*APP, "-m", "stack", "-o", "cache_dir=.pytest_cache/stack"]
        stacks = subprocess.Popen(asked, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        try:
            others = subprocess.call([*APP, "-m", "not stack"], cwd=ROOT)
            whole = stacks.wait()
        except KeyboardInterrupt:
            stacks.wait()  # it was interrupted too, and takes its stacks down
            raise
        finally:
            output.seek(0)
            shutil.copyfileobj(output, sys.stdout.buffer)
            sys.stdout.flush()
    return next((code for code in (engine, others, whole) if code != 0), 0)


if __name__ == "__main__":
    sys.exit(main())
