"""The recipes of docs/changing.md, performed in a copy of the tree: each changes the files that it names, no others,
and `review-clock check` and the order of the rooms hold afterwards."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import test_architecture

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("review_clock", "templates", "calendars", "docs", "tests/scenarios")
LINKED = ("templates", "calendars")
"""Folders that a checkout reads as parts of the package."""
AS_OF = ("--as-of", "2026-11-24")
THREE = 'en = "{0} en", es = "{0} es", fr = "{0} fr"'
GUIDE = (ROOT / "docs" / "changing.md").read_text(encoding="utf-8")


def files(root: Path) -> dict[str, bytes]:
    found = (path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file())
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in found
        if "__pycache__" not in path.parts and not path.is_symlink()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A copy of the tree, and what it looked like."""

    root: Path
    before: dict[str, bytes]

    def append(self, name: str, text: str) -> None:
        """Add a text at the end of a file, which may be new."""
        with (self.root / name).open("a", encoding="utf-8") as file:
            file.write(text)

    def replace(self, name: str, old: str, new: str) -> None:
        """Put one text in the place of another that stands once."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        (self.root / name).write_text(text.replace(old, new), encoding="utf-8")

    def copy(self, old: str, new: str) -> None:
        """Copy a file to a new name."""
        shutil.copyfile(self.root / old, self.root / new)

    def run(self, *arguments: str, code: str = "from review_clock.commands.main import main; main()") -> str:
        """What a command prints, run on this tree."""
        env = {**os.environ, "PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1", "HOME": str(self.root)}
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env=env,
            cwd=self.root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def page(self, name: str, *records: str) -> str:
        """A page of the site as of `AS_OF`, with a user's files over the record."""
        code = (
            "import sys, datetime, review_clock as rc; from review_clock.site.build import plan;"
            "from review_clock.site.material import Material;"
            "import review_clock.feeds.definition as d;"
            "law = rc.Law.shipped(); record = rc.Record.shipped();"
            "q = rc.ask(datetime.date.fromisoformat(sys.argv[2]), record=record.with_file(*sys.argv[3:]));"
            "print(plan(Material(question=q, feeds=d.shipped(law), base_url=''))[sys.argv[1]]().decode())"
        )
        return self.run(name, AS_OF[1], *records, code=code)

    def changed(self) -> set[str]:
        """The files that are not what they were; the check and the order of the rooms are held first."""
        assert "All checks passed" in self.run("check", *AS_OF)
        after = files(self.root)
        for name in {name for name in after if name.endswith(".py")} - self.before.keys():
            test_architecture.test_a_folder_imports_only_from_those_before_it(self.root / name)
        return {name for name in {*after, *self.before} if after.get(name) != self.before.get(name)}


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for folder in LINKED:
        (tmp_path / "review_clock" / folder).symlink_to(tmp_path / folder)
    monkeypatch.setattr(test_architecture, "PACKAGE", tmp_path / "review_clock")
    return Tree(root=tmp_path, before=files(tmp_path))


def _recipe(start: str) -> str:
    """The recipe of the guide that begins with these words."""
    found = re.search(rf"^\*\*… {re.escape(start)}.*?(?=^\*\*… |^Then run)", GUIDE, re.DOTALL | re.MULTILINE)
    assert found, start
    return found.group()


def _as_told(tree: Tree, start: str) -> set[str]:
    """The files changed, each of which the recipe names: by its name, its folder, or the pattern of the languages."""
    text, files = _recipe(start), tree.changed()
    for name in files:
        path = Path(name)
        said = (path.name, f"{path.parent.name}/", "{en,es,fr}.toml")
        assert any(each in text for each in said), (name, text)
    return files


def test_record_what_happened(tree: Tree) -> None:
    event = (
        '\n[[event]]\nid = "E900"\non = 2026-11-20\nact = "note"\nconfidence = "primary"\n'
        f'text = {{ {THREE.format("Something.")} }}\nrecorded_on = 2026-11-20\n[[event.source]]\ntitle = "Official"\n'
        'url = "https://example.org"\n'
    )
    tree.append("review_clock/record/usmca.toml", event)
    assert "E900" in tree.run("history", *AS_OF)
    assert _as_told(tree, "record what happened") == {"review_clock/record/usmca.toml"}


def test_add_a_rule(tree: Tree) -> None:
    law = "review_clock/law/"
    tree.append(
        law + "deadlines.toml",
        '\n[[rule]]\nid = "ca.example"\njurisdiction = "ca"\nkind = "report"\ncounted_from = "review"\n'
        'reviews = ["annual"]\noffset = [{ days = -30 }]\nbound = "no_later_than"\nactor = "ca.example"\n'
        'authority = ["Example s. 1"]\nconfidence = "text_read"\n'
        f"title = {{ {THREE.format('A report')} }}\nduty = {{ {THREE.format('It is made.')} }}\n",
    )
    tree.append(law + "actors.toml", f'\n[[actor]]\nid = "ca.example"\nname = {{ {THREE.format("An office")} }}\n')
    authorities = (tree.root / law / "authorities.toml").read_text(encoding="utf-8")
    instrument = re.findall(r'^\[\[instrument\]\]\nid = "(.+?)"', authorities, re.MULTILINE)[0]
    tree.append(
        law + "authorities.toml",
        f'\n[[authority]]\ncite = "Example s. 1"\ninstrument = "{instrument}"\nurl = "https://example.org"\n'
        'read = "text_read"\nchecked_on = 2026-11-20\n',
    )
    assert "2027-06-01" in tree.run("explain", "ca.example", *AS_OF)
    assert _as_told(tree, "add a rule") == {
        law + name for name in ("deadlines.toml", "actors.toml", "authorities.toml")
    }


def test_add_a_feed(tree: Tree) -> None:
    tree.copy("calendars/everything.toml", "calendars/our-own.toml")
    tree.replace("calendars/our-own.toml", '"USMCA: all deadlines"', '"USMCA: our own choice"')
    row = "| `everything` | every deadline |\n"
    tree.replace("docs/own-feeds.md", row, row + "| `our-own` | our own choice |\n")
    assert "our own choice" in tree.run("feed", "our-own", *AS_OF)
    assert _as_told(tree, "add a feed") == {"calendars/our-own.toml", "docs/own-feeds.md"}


def test_add_a_scenario(tree: Tree) -> None:
    new, table = "review_clock/scenarios/our-own.toml", "tests/scenarios/test_library.py"
    place = len([*(tree.root / "review_clock/scenarios").glob("*.toml")]) + 1
    tree.copy("review_clock/scenarios/status-quo.toml", new)
    tree.replace(new, "place = 1\n", f"place = {place}\n")
    tree.append(new, '\n[[assume]]\nact = "2029-03-15 all confirm"\n')
    row = '    ("our-own", "", "2045-03-15", "2045-03-14", "expired", "2035-03-15", 11, "R1, R5: the worked case"),\n'
    tree.replace(table, "DATES = [\n", "DATES = [\n" + row)
    assert "2045-03-15" in tree.run("compare", "record", "our-own", *AS_OF)
    assert _as_told(tree, "add a scenario") == {new, table}


def test_add_a_reading(tree: Tree) -> None:
    law = "review_clock/law/"
    texts = "\n".join(
        f"[reading.{part}]\nyes = {{ {THREE.format('it is owed')} }}\nno = {{ {THREE.format('it is not owed')} }}"
        for part in ("choices", "means")
    )
    tree.append(
        law + "readings.toml",
        '\n[[reading]]\nkey = "briefing_owed"\nnumber = "R18"\nvalues = ["yes", "no"]\nauthority = ["Art. 34.7(2)"]\n'
        f"checked_on = 2026-11-20\nquestion = {{ {THREE.format('Is it owed?')} }}\n"
        f"why = {{ {THREE.format('Nobody says no.')} }}\nsupporters = []\n{texts}\n",
    )
    rule = 'id = "us.611.briefing"\n'
    tree.replace(law + "deadlines.toml", rule, rule + 'lapses_under = ["briefing_owed=no"]\n')
    chosen = ("--reading", "briefing_owed=no")
    listed = ("deadlines", "--kind", "briefing", *AS_OF)
    assert "us.611.briefing.1-2" in tree.run(*listed, "--format", "json")
    assert "us.611.briefing.1-2" not in tree.run(*listed, *chosen, "--format", "json")
    assert _as_told(tree, "add a reading") == {law + name for name in ("readings.toml", "deadlines.toml")}


def test_add_a_page(tree: Tree) -> None:
    tree.append(
        "review_clock/site/pages/our_own.py",
        '"""A page of our own."""\n\nfrom __future__ import annotations\n\n'
        "from review_clock.site.material import Material\nfrom review_clock.site.rendering import rendered\n"
        "from review_clock.words.wording import Wording\n\n\n"
        "def our_own_page(material: Material, words: Wording) -> bytes:\n"
        '    """How many deadlines there are."""\n'
        '    page = rendered("our-own.html", material, words, "our-own.html", n=len(material.deadlines))\n'
        '    return page.encode("utf-8")\n',
    )
    tree.append(
        "templates/our-own.html",
        "{% extends \"base.html\" %}\n{% block title %}{{ words('our_own.title') }}{% endblock %}\n"
        "{% block description %}{{ words('our_own.title') }}{% endblock %}\n"
        "{% block content %}\n<h1>{{ words('our_own.title') }}</h1>\n<p>{{ n }}</p>\n{% endblock %}\n",
    )
    for lang in ("en", "es", "fr"):
        tree.append(f"templates/words/{lang}.toml", f'\n[our_own]\ntitle = "Our own {lang}"\n')
    build = "review_clock/site/build.py"
    tree.replace(
        build, '    "about.html": about_page,\n', '    "about.html": about_page,\n    "our-own.html": our_own_page,\n'
    )
    line = "from review_clock.site.pages.history import history_page\n"
    tree.replace(build, line, line + "from review_clock.site.pages.our_own import our_own_page\n")
    menu = '    ("about.html", "page.about"),\n'
    tree.replace("review_clock/site/rendering.py", menu, menu + '    ("our-own.html", "our_own.title"),\n')
    assert "<h1>Our own fr</h1>" in tree.page("fr/our-own.html")
    assert _as_told(tree, "add a page") == {
        *(build, "review_clock/site/rendering.py", "review_clock/site/pages/our_own.py", "templates/our-own.html"),
        *(f"templates/words/{lang}.toml" for lang in ("en", "es", "fr")),
    }


def test_change_a_word(tree: Tree) -> None:
    name = "templates/words/fr.toml"
    text = (tree.root / name).read_text(encoding="utf-8")
    tree.replace(name, re.findall(r"^texts_revised = .*$", text, re.MULTILINE)[0], "texts_revised = 2026-11-30")
    tree.replace(name, 'announced = "Annoncé ou attendu"', 'announced = "Annoncé, ou attendu"')
    assert "Annoncé, ou attendu" in tree.run("--lang", "fr", "history", *AS_OF)
    assert _as_told(tree, "change a word") == {name}


def test_a_stranger_goes_from_the_readme_to_a_changed_date_on_a_page(tree: Tree) -> None:
    """Five steps: the position, what happened, what that does, a check, the page. Nothing that ships is changed."""
    assert "around July 1, 2027 (no" in tree.run("status", *AS_OF)
    act = "2026-11-20 next review set for 2027-06-15"
    tree.run("--record", "mine.toml", "record", "add", act, "--source", "Joint statement")
    assert "2027-06-15" in tree.run("--record", "mine.toml", "explain", "treaty.review.annual", *AS_OF)
    assert "All checks passed" in tree.run("--record", "mine.toml", "check", *AS_OF)
    page = tree.page("en/index.html", "mine.toml")
    assert "June 15, 2027" in page
    assert "around July 1, 2027" not in page
    assert tree.changed() == set()
