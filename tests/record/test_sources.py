"""What is known of a source: its address, a copy, the day read, its decisive words, how it was seen; read and shown."""

from __future__ import annotations

import json
from datetime import date

import pytest

from review_clock.files import LANGUAGES, BadData, parsed
from review_clock.formats.json_documents import ledger_document
from review_clock.formats.text_ledger import ledger_table, row_text
from review_clock.record.entries import VIA
from review_clock.record.ledger import Record, from_table
from review_clock.record.ledger_rows import rows_of
from review_clock.words.wording import wording

NOTE = '[[event]]\nid = "own-a"\non = 2026-11-20\nact = "note"\ntext = "News."\n'
SOURCE = '[[event.source]]\ntitle = "A page"\nurl = "https://example.org/a"\n'
KNOWN = (
    'archived = "https://archive.example.org/a"\nread_on = 2026-11-24\nwords = "did not agree"\nvia = "excerpt"\n'
    'dated = "2026-11"\n'
)
CORRECTED = "revised = [{ on = 2026-11-25, what = 'The day was wrong.' }]\n"


def _record(text: str) -> Record:
    return from_table(parsed(text, "mine.toml"))


def test_all_that_is_known_of_a_source_is_read() -> None:
    (source,) = _record(NOTE + SOURCE + KNOWN).entries[0].sources
    assert (source.archived, source.read_on, source.words) == (
        "https://archive.example.org/a",
        date(2026, 11, 24),
        "did not agree",
    )


@pytest.mark.parametrize("n", [25, 26])
def test_at_most_25_words_of_a_source_are_quoted(n: int) -> None:
    text = f'{NOTE}{SOURCE}words = "{" ".join(["word"] * n)}"\n'
    if n == 25:
        assert _record(text).entries[0].sources[0].words
        return
    with pytest.raises(BadData, match=r"source\[1\].words: has 26 words.*25 at most"):
        _record(text)


@pytest.mark.parametrize("line", ['archived = "archive.org/a"', 'read_on = "June"', 'via = "hearsay"'])
def test_what_a_source_may_not_say(line: str) -> None:
    with pytest.raises(BadData, match=line.split()[0]):
        _record(f"{NOTE}{SOURCE}{line}\n")


@pytest.mark.parametrize("via", [via for via in VIA if via])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_how_it_was_seen_has_a_word(lang: str, via: str) -> None:
    assert wording(lang)(f"via.{via}")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "“did not agree” Read on 2026-11-24. Copy: https://archive.example.org/a"),
        ("es", "«did not agree» Leído el 2026-11-24. Copia: https://archive.example.org/a"),
        ("fr", "« did not agree » Lu le 2026-11-24. Copie : https://archive.example.org/a"),
    ],
)
def test_record_show_and_list_say_it(lang: str, said: str) -> None:
    rows, words = rows_of(_record(NOTE + CORRECTED + SOURCE + KNOWN), own=False), wording(lang)
    shown = " ".join(row_text(rows[0], date(2026, 11, 28), words).split())
    assert said.replace("\u00a0", " ") in shown.replace("\u00a0", " ")
    assert "The day was wrong." in shown
    assert "A page (2026-11" in ledger_table(rows, words, "csv")


def test_json_says_it() -> None:
    rows = rows_of(_record(NOTE + CORRECTED + SOURCE + KNOWN), own=False)
    (entry,) = json.loads(json.dumps(ledger_document(rows, wording("en"))))["entries"]
    assert entry["sources"][0] == {
        "title": "A page",
        "url": "https://example.org/a",
        "dated": "2026-11",
        "via": "excerpt",
        "archived": "https://archive.example.org/a",
        "read_on": "2026-11-24",
        "words": "did not agree",
    }
    assert entry["revised"] == [{"on": "2026-11-25", "what": "The day was wrong."}]


def test_a_correction_counts_among_what_came_into_the_record() -> None:
    record = _record(NOTE + CORRECTED + SOURCE)
    assert date(2026, 11, 25) in record.recorded_days()
