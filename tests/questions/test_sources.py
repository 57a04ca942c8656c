"""The sources of an answer: each address once, with everything that rests on it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from review_clock.files import LANGUAGES, parsed
from review_clock.formats.json_documents import sources_document
from review_clock.formats.text_sources import sources_csv, sources_text
from review_clock.law.law import Law
from review_clock.questions.question import ask
from review_clock.questions.sources import CitedSource, place_of, sources
from review_clock.record.ledger import from_table, merged
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, question

AS_OF = date(2026, 11, 24)
HERE = "https://example.org/34"
FOUND = sources(question(AS_OF))


def _at(part: str, found: tuple[CitedSource, ...] = FOUND) -> CitedSource:
    (one,) = (each for each in found if part in each.url)
    return one


def test_what_the_record_and_the_law_cite_is_there_once() -> None:
    addresses = [each.url for each in FOUND if each.url]
    assert len(addresses) == len(set(addresses))
    cited = {source.url for row in RECORD.rows().values() for source in row.sources if source.url}
    cited |= {each.url for each in LAW.authorities.by_cite.values()}
    assert {place_of(url) for url in cited} <= {place_of(url) for url in addresses}


def test_all_that_rests_on_a_source_is_named() -> None:
    code = _at("USC-prelim-title19-section4611")
    assert "us.611.notice" in code.rules
    assert "19 U.S.C. 4611(b)(1)" in code.authorities
    assert {"E58"} <= set(code.entries)
    assert {"E70"} <= set(code.announced)
    assert code.bears("us.611.notice.1-2")
    assert not code.bears("us.718.1")


def test_every_row_of_the_record_every_pinpoint_and_every_rule_rests_on_one() -> None:
    resting = {identity for each in FOUND for identity in each.resting}
    assert {row.id for row in RECORD.rows().values()} <= resting
    assert set(LAW.authorities.by_cite) <= resting
    assert {rule.id for rule in LAW.rules if rule.authority} <= resting


def test_words_that_a_compilation_quotes_are_not_looked_for_at_the_address() -> None:
    block = '[[event]]\nid = "own-{n}"\non = 2026-11-2{n}\nact = "note"\ntext = "{n}"\n[[event.source]]\ntitle = "A"\n'
    block += 'url = "https://example.org/{n}"\nwords = "so it says"\nvia = "{via}"\n'
    text = block.format(n=1, via="compilation") + block.format(n=2, via="excerpt")
    record = merged([RECORD, from_table(parsed(text, "mine.toml"))])
    found = sources(question(date(2026, 11, 25), record=record))
    one, other = _at("example.org/1", found), _at("example.org/2", found)
    assert (one.words, one.watched) == (("so it says",), ())
    assert other.watched == ("so it says",)


def test_a_source_cited_twice_is_one_with_the_last_day_on_which_it_was_read() -> None:
    head = '[[event]]\nid = "own-{n}"\non = 2026-11-2{n}\nact = "note"\ntext = "{n}"\n[[event.source]]\ntitle = "A"\n'
    text = head.format(n=1) + 'url = "https://www.example.org/a/"\nread_on = 2026-11-20\n'
    text += head.format(n=2) + 'url = "http://example.org/a"\nread_on = 2026-11-23\n'
    text += 'archived = "https://web.archive.org/web/2026/http://example.org/a"\n'
    record = merged([RECORD, from_table(parsed(text, "mine.toml"))])
    one = _at("example.org/a", sources(question(date(2026, 11, 25), record=record)))
    assert (one.entries, one.read_on) == (("own-1", "own-2"), date(2026, 11, 23))
    assert one.archived == "https://web.archive.org/web/2026/http://example.org/a"


# How the paragraph was read, and where; whether the words that a rule quotes from it are looked for at its address.
READ = [
    ("text_read", None, True),  # at its address
    ("text_read", [HERE], True),
    ("text_read", ["https://example.org/copy", HERE], True),
    ("text_read", ["https://example.org/copy"], False),
    ("text_read", [""], False),  # in a copy of which no address is known
    ("as_quoted", None, False),
    ("as_quoted", [HERE], False),
    ("secondary", [HERE], False),
]


@pytest.mark.parametrize(("read", "at", "there"), READ)
def test_quoted_words_are_looked_for_where_the_text_itself_was_read(
    read: str, at: list[str] | None, there: bool
) -> None:
    texts = dict(LAW.texts)
    head = '[[authority]]\ncite = "Art. 34.7(2)"\n'
    before, _, after = texts["authorities.toml"].partition(head)
    places = ", ".join(f'{{ title = "A copy"{each and f", url = {each!r}"} }}' for each in at or ())
    row = f'instrument = "agreement"\nurl = "{HERE}"\nread = "{read}"\nchecked_on = 2026-11-23\n'
    row += f"read_at = [{places}]\n" if at else ""
    texts["authorities.toml"] = f"{before}{head}{row}\n[[authority]]{after.partition('[[authority]]')[2]}"
    found = sources(ask(AS_OF, record=RECORD, law=Law(texts=tuple(texts.items()))))
    itself, words = _at("example.org/34", found), ("On the sixth anniversary",)
    assert (itself.words, itself.watched) == (words, words if there else ())
    copies = [(each.words, each.watched, each.authorities) for each in found if each.url == "https://example.org/copy"]
    assert copies == [((), (), ("Art. 34.7(2)",)) for each in at or () if each.endswith("/copy")]


# Two addresses, and whether they are one page.
PAGES = [
    ("https://www.example.org/a/", "http://example.org/a", True),
    ("https://example.org/a#part-2", "https://example.org/a", True),
    ("https://example.org/annex-X", "https://example.org/annex-", False),
    ("https://example.org/a?page=2", "https://example.org/a", False),
    ("https://web.archive.org/web/2026/https://example.org/a", "https://example.org/a", False),
]


@pytest.mark.parametrize(("one", "other", "same"), PAGES)
def test_an_archived_copy_is_another_page_and_a_part_is_the_same(one: str, other: str, same: bool) -> None:
    assert (place_of(one) == place_of(other)) == same


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_row_a_source_in_each_language_and_form(lang: str) -> None:
    words = wording(lang)
    rows = list(csv.reader(io.StringIO(sources_csv(FOUND, words))))
    assert len(rows) == 1 + len(FOUND)
    assert len(sources_document(FOUND, words)["sources"]) == len(FOUND)
    said = sources_text(FOUND, words)
    assert words("source.read_on", day="2026-11-23") in said
    assert str(len(FOUND)) in said.splitlines()[-1]


def test_json_says_all_that_is_known() -> None:
    found = json.loads(json.dumps(sources_document([_at("section4611")], wording("en"))))["sources"][0]
    assert found["read"] == "text_read"
    assert found["read_on"] == "2026-11-23"
    assert found["via"] is None
    assert "us.611.notice" in found["rules"]
