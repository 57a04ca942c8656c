"""Other versions than those of the checkout's own environment: the site must be the same to the byte, some tests green.

    python -m tests.proof.bounds [lowest] [newest]

`lowest`: what tests/lowest.txt names. `newest`: what the index has today, on the newest Python that is found. Pictures
are left out of the comparison: their bytes hang on the machine for which Pillow was packed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WANTED: Mapping[str, Sequence[str]] = {
    "lowest": ("-r", str(ROOT / "tests" / "lowest.txt")),
    "newest": ("pytest", "hypothesis"),
}
TESTS = ("tests/commands/test_main.py", "tests/law/test_counting.py")
"""Tests that need no more than pytest and hypothesis, and go through every command."""
PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check", "install")
AS_OF = "2026-11-23"
FIRST, LAST = 11, 20
"""The minor versions of Python 3 that are looked for."""


def _pythons() -> Iterator[Path]:
    for minor in range(LAST, FIRST, -1):
        for folder in (Path("/usr/local/bin"), Path("/usr/bin"), *Path.home().glob(".pyenv/versions/*/bin")):
            yield folder / f"python3.{minor}"


def newest_python() -> str:
    """The newest Python that is found and can make environments; the one that runs this where there is no newer."""
    for path in _pythons():
        if path.is_file() and subprocess.run([path, "-c", "import venv, ensurepip"], check=False).returncode == 0:
            return str(path)
    return sys.executable


def _site(python: Path | str, folder: Path) -> dict[str, bytes]:
    """The site as an environment builds it, by the names of its files."""
    call = "from review_clock.commands.main import main; main()"
    subprocess.run([python, "-c", call, "build", folder, "--as-of", AS_OF], check=True, capture_output=True, cwd=ROOT)
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".png")
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths if path.name != ".review-clock"}


def _tried(which: str, ours: Mapping[str, bytes], home: Path) -> bool:
    started, base = time.monotonic(), newest_python() if which == "newest" else sys.executable
    subprocess.run([base, "-m", "venv", home / which], check=True)
    python = home / which / "bin" / "python"
    subprocess.run([python, *PIP, *WANTED[which], "--editable", ROOT], check=True)
    theirs = _site(python, home / f"site-{which}")
    differing = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
    tests = subprocess.run([python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS], cwd=ROOT, check=False)
    version = subprocess.run([python, "-V"], capture_output=True, text=True, check=True).stdout.strip()
    took = time.monotonic() - started
    print(f"{which} on {version}: {len(ours)} files compared, {len(differing)} differ, {took:.0f} s", *differing[:9])
    return not differing and not tests.returncode


def main(names: Sequence[str]) -> int:
    """0 where all that was asked for is the same and green."""
    with tempfile.TemporaryDirectory() as folder:
        ours = _site(sys.executable, Path(folder) / "ours")
        with ThreadPoolExecutor() as at_once:  # each, whatever becomes of the others
            passed = list(at_once.map(lambda name: _tried(name, ours, Path(folder)), names or WANTED))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
