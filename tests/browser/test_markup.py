"""Every page before the judges of HTML: the Nu checker and html-validate; and every link and anchor exists."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag

from real_browser import HERE, package_file
from static_host import Site

Tool = Callable[[str, str], str]


def test_the_nu_checker_finds_nothing(site: Site, tool: Tool) -> None:
    java = tool("java", "it runs the Nu checker")
    jar = package_file("vnu-jar", "build/dist/vnu.jar", tool)
    pages = [str(site.folder / name) for name in site.pages()]
    badges = [str(path) for path in sorted(site.folder.glob("badge.*.svg"))]
    command = [java, "-Xss4m", "-jar", str(jar), "--format", "json", "--also-check-svg", *pages, *badges]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    # Read from a folder 'self' is nothing to it, and it takes a block of data for a script: what the pages' policy
    # lets through is for a real browser to say, and is asked in one.
    messages = [m for m in json.loads(done.stderr)["messages"] if "Content Security Policy" not in m["message"]]
    found = [f"{m['url']}:{m.get('lastLine')}: {m['message']}" for m in messages]
    assert not found, "\n".join(found[:20])


def test_html_validate_finds_nothing(site: Site, tool: Tool, tmp_path: Path) -> None:
    node = tool("node", "it runs html-validate")
    program = package_file("html-validate", "bin/html-validate.mjs", tool)
    pages = [str(site.folder / name) for name in site.pages()]
    command = [
        node,
        str(program),
        "--config",
        str(HERE / ".htmlvalidate.json"),
        "--formatter",
        f"json={tmp_path / 'found'}",
        *pages,
    ]
    done = subprocess.run(command, capture_output=True, check=False, text=True, cwd=HERE)
    reports = json.loads((tmp_path / "found").read_text(encoding="utf-8"))
    found = [
        f"{report['filePath']}:{m['line']}: {m['ruleId']}: {m['message']}"
        for report in reports
        for m in report["messages"]
    ]
    assert done.returncode == 0 or found, done.stderr
    assert not found, "\n".join(found[:20])


# ------------------------------------------------------------------------------------------------------------ links

_LINK = re.compile(r'\s(?:href|src|xlink:href)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]+)"')


def _links(site: Site, name: str) -> Iterator[str]:
    for target in _LINK.findall((site.folder / name).read_text(encoding="utf-8")):
        yield html.unescape(target)


def _file(site: Site, name: str, target: str) -> Path | None:
    """The file of the site that a link leads to; None for another host's."""
    if target.startswith(site.address):
        return site.folder / target.removeprefix(site.address).lstrip("/")
    if target.startswith(f"{site.place}/"):
        return site.folder / target.removeprefix(f"{site.place}/")
    if re.match(r"[a-z]+:", target):
        return None
    return (site.folder / name).parent / target if target else site.folder / name


def test_every_link_and_anchor_exists(site: Site) -> None:
    names = [
        *site.pages(),
        "sitemap.xml",
        *(f"{lang}/{feed}.atom" for lang in ("en", "es", "fr") for feed in ("changes", "dates")),
    ]
    anchors: dict[Path, set[str]] = {}
    checked, missing = 0, []
    for name in names:
        for link in _links(site, name):
            target, anchor = urldefrag(link)
            target = target.partition("?")[0]
            file = _file(site, name, target)
            if file is None:
                continue
            file, checked = file.resolve(), checked + 1
            if not file.is_file():
                missing.append(f"{name}: {link}")
                continue
            if anchor and file.suffix == ".html":
                if file not in anchors:
                    anchors[file] = {html.unescape(each) for each in _ID.findall(file.read_text(encoding="utf-8"))}
                if unquote(anchor) not in anchors[file]:
                    missing.append(f"{name}: {link}")
    assert checked > 1000
    assert not missing, "\n".join(sorted(set(missing))[:20])
