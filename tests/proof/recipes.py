"""The recipes of docs/changing.md, all performed in one copy of the tree: its quick tests stay green.

    python -m tests.proof.recipes [PYTEST OPTION…]

That a recipe changes what it says and no more is asked of each alone, by `tests/test_recipes.py`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import test_recipes as recipes

ALL = (
    recipes.test_record_what_happened,
    recipes.test_add_a_rule,
    recipes.test_add_a_feed,
    recipes.test_add_a_scenario,
    recipes.test_add_a_reading,
    recipes.test_add_a_page,
    recipes.test_change_a_word,
)
OPTIONS = ("-q", "-n", "auto", "--maxschedchunk", "1", "-m", "not slow", "--ignore=tests/test_recipes.py")


def main(*options: str) -> int:
    """What pytest says of the changed copy."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=recipes.ROOT, capture_output=True, text=True, check=True)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in filter(None, listed.stdout.split("\0")):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(recipes.ROOT / name, root / name, follow_symlinks=False)
        for name in recipes.LINKED:
            (root / "review_clock" / name).symlink_to(root / name)
        recipes.test_architecture.PACKAGE = root / "review_clock"
        for perform in ALL:
            perform(recipes.Tree(root=root, before=recipes.files(root)))
        env = {**os.environ, "PYTHONPATH": folder}
        command = [sys.executable, "-m", "pytest", *OPTIONS, *options]
        return subprocess.run(command, cwd=root, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
