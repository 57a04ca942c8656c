"""Markdown says what the terminal says, and nothing that a record says is markup: judged by a reader of Markdown."""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from review_clock.formats.explanation import explanation
from review_clock.formats.parts import Account, Facts, Grid, Items, Lines, Steps, Title, as_markdown, as_text
from review_clock.formats.text_record import history_parts
from review_clock.formats.text_status import status_parts
from review_clock.words.wording import wording
from tests.frozen import question

Run = Callable[..., Result]
AS_OF = "2026-11-23"
HOSTILE = (
    "<script>alert(1)</script>",
    "![x](https://evil.example/x.png)",
    "[click](javascript:alert(1))",
    "*bold* _so_ `code` ~~gone~~ **very**",
    "a | b | c",
    "&lt;b&gt; &copy;",
    "# A heading\n\n## and another",
    "1. one\n2. two",
    "- an item\n> quoted\n    code",
    "---",
    "===",
    "<https://evil.example> <!-- hidden",
    "[^1] [1]: https://evil.example 'x'",
    "https://ok.example/a_b_c?x=1&y=(2)|3.",
    "\\*not\\* \\",
)


def _read(text: str) -> list[Any]:
    """What a reader of Markdown makes of a text, as a list of tokens, those within a line too."""
    if importlib.util.find_spec("markdown_it") is None:
        (pytest.fail if os.environ.get("REQUIRE_ALL") == "1" else pytest.skip)("markdown-it-py is not installed")
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return [each for token in tokens for each in (token, *(token.children or ()))]


def _shown(tokens: list[Any]) -> str:
    return "".join(each.content if each.type != "softbreak" else " " for each in tokens if each.type == "text")


ALLOWED = re.compile(
    r"(heading|paragraph|bullet_list|ordered_list|list_item|strong|table|thead|tbody|tr|th|td|blockquote|link)"
    r"_(open|close)|inline|text|softbreak"
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_user_wrote_is_shown_and_is_no_markup(text: str) -> None:
    parts = [
        Title(text),
        Lines([text]),
        Items(text, [text], [text]),
        Facts([(text, text), ("name", f"{text}\n  {text}")]),
        Steps(text, [text], text),
        Account(text, [text], [text]),
        Grid([text], [[text]], [10]),
    ]
    tokens = _read(as_markdown(parts, wording("en")).replace("<br><br>", " ").replace("<br>", " "))
    assert not [each.type for each in tokens if not ALLOWED.fullmatch(each.type)]
    assert [each.tag for each in tokens if each.type == "heading_open"] == ["h1", "h2", "h3"]
    said = " ".join(text.split())
    for link in (each for each in tokens if each.type == "link_open"):
        assert link.attrs["href"].startswith("https://")
        assert link.attrs["href"] in said
    assert " ".join(_shown(tokens).split()).count(said) >= 14


def test_a_value_of_several_lines_is_a_list_under_its_name() -> None:
    told = as_markdown([Facts([("Authority", "One\n  where\nTwo"), ("Empty", "")])], wording("en"))
    assert told == "- **Authority:**\n  - One\n    - where\n  - Two\n"


def test_a_colon_stands_as_the_language_sets_it() -> None:
    assert as_markdown([Facts([("Durée", "un an")])], wording("fr")) == "- **Durée\u00a0:** un an\n"


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_markdown_says_the_words_of_the_terminal(lang: str) -> None:
    asked, words = question(date(2026, 11, 23)), wording(lang)
    deadline = asked.explain("us.611.notice.1-2")
    for parts in (status_parts(asked, words), explanation(deadline, asked.record, words), history_parts(asked, words)):
        in_markdown = re.sub(r"\W+", "", _shown(_read(as_markdown(parts, words))))
        in_text = re.sub(r"\W+", "", re.sub(r"^ {2,3}\d{1,2}\.  ", "", as_text(parts), flags=re.MULTILINE))
        assert in_markdown == in_text


@pytest.mark.parametrize(
    "command", [("status",), ("explain", "us.611.notice.1-2"), ("history",)], ids=lambda words: words[0]
)
def test_the_command_line_writes_it(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    mine = tmp_path / "mine.toml"
    run("record", "add", "2026-10-20 note", "--to", mine, "--source", HOSTILE[1], "--text", HOSTILE[0])
    done = run("--record", mine, *command, "--as-of", AS_OF, "--format", "md")
    assert done.exit_code == 0
    tokens = _read(done.stdout)
    assert {each.type for each in tokens} & {"html_inline", "html_block", "image"} == set()
    assert ("<script>" in _shown(tokens)) is (command == ("history",))
    assert "not legal advice" in _shown(tokens)
