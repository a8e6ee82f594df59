"""One virtual environment made from one lock file. Standard library only."""

import hashlib
import re
import shutil
import subprocess
import time

from pythons import version_of

# What pip says when a download fails, and what that means for a person.
FAILURES = [
    (r"No space left on device", "the disk is full"),
    (r"THESE PACKAGES DO NOT MATCH THE HASHES", "a downloaded package is damaged"),
    (r"(?i)certificate verify failed", "the package index's certificate could not be verified"),
    (
        r"Retrying \(|ConnectionError|ConnectTimeout|[Rr]ead timed out|Max retries|name resolution|IncompleteRead",
        "a download failed; check the network and run it again",
    ),
    (r"No matching distribution found for (\S+)", "the package index does not have {0}"),
    (r"(?i)ensurepip", "this Python has no venv module; on Debian install python3-venv"),
    (r"(?i)gcc|failed building wheel|failed to build", "a package could not be built; it needs a C compiler"),
]


class SetupFailed(Exception):
    """The environment could not be made. The message is one sentence for a person."""


class Environment:
    """A virtual environment that holds what its lock files name, or is made to.

    name: what progress lines call it. folder: where it lives. python: base interpreter.
    locks: requirement files with exact versions. project: folder to install in place, or None.
    whole: the locks name every package there is to be; what they leave out is not fetched.
    """

    def __init__(self, name, folder, python, locks, log, project=None, whole=False):
        self.name, self.folder, self.python, self.locks, self.log, self.project, self.whole = (
            name, folder, python, locks, log, project, whole,
        )  # fmt: skip
        self.bin_python = folder / "bin" / "python"
        self.stamp = folder / ".lipei-stamp"

    def fingerprint(self):
        """Changes when anything that the environment is made from changes."""
        digest = hashlib.sha256(f"{version_of(self.python)}".encode())
        inputs = [*self.locks, *([self.project / "pyproject.toml"] if self.project else [])]
        for path in inputs:
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def is_ready(self):
        """True when nothing needs doing: the stamp is written last, so a broken-off set-up is never 'ready'."""
        if not (self.stamp.exists() and self.bin_python.exists()):
            return False
        return self.stamp.read_text().strip() == self.fingerprint()

    def make(self):
        """Create or bring up to date. Raises SetupFailed."""
        started = time.monotonic()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.log.write_text("")
        self.stamp.unlink(missing_ok=True)
        if version_of(self.bin_python) != version_of(self.python):
            if self.folder.exists():
                shutil.rmtree(self.folder)
            self._say("creating the environment")
            self._run([str(self.python), "-m", "venv", str(self.folder)])
        wanted = sum(bool(re.match(r"[A-Za-z0-9]", line)) for lock in self.locks for line in lock.open())
        self._say(f"installing {wanted} packages")
        arguments = [word for lock in self.locks for word in ("-r", str(lock))]
        if self.whole:
            arguments.append("--no-deps")
        self._pip(["install", "--no-compile", "--progress-bar", "off", "--no-input", *arguments], wanted)
        if self.project:
            self._pip(["install", "--no-deps", "--no-build-isolation", "-e", str(self.project)], 0)
        self.stamp.write_text(self.fingerprint() + "\n")
        self._say(f"ready after {time.monotonic() - started:.0f} s")

    def _pip(self, arguments, wanted):
        command = [str(self.bin_python), "-m", "pip", "--disable-pip-version-check", *arguments]
        fetched = 0

        def progress(line):
            nonlocal fetched
            if line.startswith(("Collecting ", "Requirement already satisfied")):
                fetched += 1
                if wanted and fetched % 20 == 0 and fetched < wanted:
                    self._say(f"{fetched} of {wanted} packages fetched")
            elif line.startswith("  Downloading") and (big := re.search(r"(\S+) \((\d{2,}\.?\d* [MG]B)\)", line)):
                self._say(f"downloading {big[1].rsplit('/')[-1]} ({big[2]})")
            elif line.startswith("Installing collected packages") and wanted:
                self._say("unpacking (the longest step)")

        self._run(command, progress)

    def _run(self, command, progress=lambda line: None):
        with self.log.open("a") as log:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            for line in process.stdout:
                log.write(line)
                log.flush()
                progress(line.rstrip("\n"))
        if process.wait() != 0:
            raise SetupFailed(f"The {self.name} environment could not be set up: {self._reason()}. Details: {self.log}")

    def _reason(self):
        text = self.log.read_text(errors="replace")
        for pattern, meaning in FAILURES:
            found = re.search(pattern, text)
            if found:
                return meaning.format(*found.groups())
        return "pip stopped with an error"

    def _say(self, text):
        print(f"  {self.name:<7} {text}", flush=True)
