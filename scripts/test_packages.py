"""`make test-packages`: the programs that tests start beside Python. Standard library only.

PostgreSQL and Redis servers, Chromium, what WeasyPrint draws text with, and a Chinese font. On Debian, as root,
what is missing is installed; otherwise one sentence names it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def _postgres():
    return shutil.which("postgres") or any(Path("/usr/lib/postgresql").glob("*/bin/postgres"))


def _chromium():
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def _pango():
    return any(Path("/usr/lib").glob("**/libpangoft2-1.0.so.0"))


def _chinese_font():
    return any(Path("/usr/share/fonts").glob("**/NotoSansCJK*"))


# Debian package -> is what it brings there already?
NEEDED = {
    "postgresql": _postgres,
    "redis-server": lambda: shutil.which("redis-server"),
    "chromium": _chromium,
    "libpangoft2-1.0-0": _pango,
    "fonts-noto-cjk": _chinese_font,
}


def main():
    """Exit code 0 when everything is there."""
    missing = [package for package, present in NEEDED.items() if not present()]
    if not missing:
        return 0
    names = " ".join(missing)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return f"lipei: the tests need {names}; on Debian: sudo apt-get install {names}"
    print(f"Installing {names} (once)", flush=True)
    log = Path(__file__).resolve().parents[1] / "var" / "log" / "test-packages.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with log.open("w") as output:
        for command in (
            ["apt-get", "update"],
            ["apt-get", "install", "-y", "--no-install-recommends", *missing],
        ):
            if subprocess.run(command, env=quiet, stdout=output, stderr=subprocess.STDOUT).returncode != 0:
                return f"lipei: {' '.join(command)} failed; details: {log}"
    return 0


if __name__ == "__main__":
    sys.exit(main())
