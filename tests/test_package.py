"""The wheel: everything in it, installed in a clean place, doing what the checkout does."""

from __future__ import annotations

import configparser
import hashlib
import os
import subprocess
import sys
import venv
from importlib.resources import files
from pathlib import Path

import pytest

AS_OF = "2026-11-23"


def test_setup_cfg_lists_the_packages_that_there_are(root: Path) -> None:
    config = configparser.ConfigParser()
    config.read(root / "setup.cfg", encoding="utf-8")
    listed = set(config["options"]["packages"].split())
    found = {".".join(path.parent.relative_to(root).parts) for path in (root / "review_clock").rglob("__init__.py")}
    assert listed == found | {"review_clock.templates", "review_clock.calendars"}


@pytest.mark.parametrize("folder", ["templates", "calendars"])
def test_the_mapped_folders_are_the_folders_of_the_checkout(root: Path, folder: str) -> None:
    def names(base: Path) -> set[str]:
        return {str(p.relative_to(base)) for p in base.rglob("*") if p.is_file() and "__pycache__" not in p.parts}

    assert names(Path(str(files(f"review_clock.{folder}")))) == names(root / folder)


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _run(*command: str | Path, cwd: Path) -> str:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_wheel_in_a_clean_environment_builds_the_same_site(root: Path, tmp_path: Path) -> None:
    _run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", tmp_path / "dist", root, cwd=tmp_path)
    (wheel,) = (tmp_path / "dist").glob("review_clock-*.whl")
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    _run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=tmp_path)
    command = tmp_path / "venv" / "bin" / "review-clock"
    _run(command, "build", tmp_path / "from-wheel", "--as-of", AS_OF, cwd=tmp_path)
    here = [sys.executable, "-c", "from review_clock.commands.main import main; main()"]
    _run(*here, "build", str(tmp_path / "from-checkout"), "--as-of", AS_OF, cwd=tmp_path)
    from_wheel = _digests(tmp_path / "from-wheel")
    assert "en/index.html" in from_wheel
    assert from_wheel == _digests(tmp_path / "from-checkout")
    assert "All checks passed" in _run(command, "check", "--as-of", AS_OF, cwd=tmp_path)
