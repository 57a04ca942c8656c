"""The wheel: everything in it, installed in a clean place, doing what the checkout does."""

from __future__ import annotations

import configparser
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.metadata import distributions
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


def _versions(path: Path) -> dict[str, str]:
    """What a file of pins names, each with its version."""
    rows = [line.split("==") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {name.lower().replace("_", "-"): version for name, version in rows}


def _bounds(root: Path, section: str, key: str) -> dict[str, tuple[str, str]]:
    """What setup.cfg asks for: by name the lowest version, and the one below which it must be, if any."""
    config = configparser.ConfigParser()
    config.read(root / "setup.cfg", encoding="utf-8")
    found = {}
    for line in config[section][key].split():
        name, _, bound = line.partition(">=")
        lowest, _, below = bound.partition(",<")
        found[name.lower().replace("_", "-")] = (lowest, below)
    return found


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", re.sub(r"(\.0)+$", "", version)))


def test_the_lowest_versions_that_are_tried_are_those_that_setup_cfg_allows(root: Path) -> None:
    bounds = {name: lowest for name, (lowest, _) in _bounds(root, "options", "install_requires").items()}
    runner = {"pytest", "hypothesis"}
    bounds |= {n: low for n, (low, _) in _bounds(root, "options.extras_require", "test").items() if n in runner}
    tried = {name: _number(version) for name, version in _versions(root / "tests" / "lowest.txt").items()}
    assert tried.keys() == bounds.keys()
    for name, lowest in bounds.items():
        assert lowest, f"{name} has no lower bound"
        assert tried[name] == _number(lowest), name


def test_every_requirement_is_pinned_within_its_bounds_and_both_commands_follow_the_pins(root: Path) -> None:
    pins = _versions(root / "constraints.txt")
    for name, (lowest, below) in _bounds(root, "options", "install_requires").items():
        assert _number(pins[name]) >= _number(lowest), name
        assert not below or _number(pins[name]) < _number(below), name
    assert (root / "Makefile").read_text(encoding="utf-8").count("--constraint constraints.txt --editable") == 2


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


FOLDERS = ("review_clock", "templates", "calendars")
PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout, built beside it: what an earlier build left in `build/` must not get in.

    With the tools that are installed where they will do, else with those that pip fetches.
    """
    root, folder = Path(__file__).resolve().parents[1], tmp_path_factory.mktemp("wheel")
    for name in FOLDERS:
        shutil.copytree(root / name, folder / "source" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, folder / "source")
    will_do = any(int(each.version.partition(".")[0]) >= 77 for each in distributions(name="setuptools"))
    own_tools = ("--no-build-isolation",) if will_do else ()
    _run(sys.executable, *PIP, "wheel", "--no-deps", *own_tools, "-w", folder, folder / "source", cwd=folder)
    (found,) = folder.glob("review_clock-*.whl")
    return found


def test_every_file_of_the_checkout_is_in_the_wheel(root: Path, wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    for folder in FOLDERS:
        inside = "" if folder == "review_clock" else "review_clock/"
        paths = (path for path in (root / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        here = {f"{inside}{path.relative_to(root)}" for path in paths}
        assert here <= packed
        packed -= here
    assert not packed


def test_a_wheel_in_a_clean_environment_builds_the_same_site(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    _run(python, *PIP, "install", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    where = 'import sysconfig; print(sysconfig.get_path("purelib"))'
    packages = Path(_run(python, "-c", where, cwd=tmp_path).strip())
    # What it needs is what the checkout runs with; an editable install there is not followed.
    needs = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "needs.pth").write_text("\n".join(sorted(needs)), encoding="utf-8")
    here_it_is = _run(python, "-c", "import review_clock; print(review_clock.__file__)", cwd=tmp_path)
    assert Path(here_it_is.strip()).is_relative_to(packages)
    command = tmp_path / "venv" / "bin" / "review-clock"
    _run(command, "build", tmp_path / "from-wheel", "--as-of", AS_OF, cwd=tmp_path)
    here = [sys.executable, "-c", "from review_clock.commands.main import main; main()"]
    _run(*here, "build", str(tmp_path / "from-checkout"), "--as-of", AS_OF, cwd=tmp_path)
    from_wheel = _digests(tmp_path / "from-wheel")
    assert "en/index.html" in from_wheel
    assert from_wheel == _digests(tmp_path / "from-checkout")
    assert "All checks passed" in _run(command, "check", "--as-of", AS_OF, cwd=tmp_path)
