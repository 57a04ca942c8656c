"""The sources as a list, a row each: what rests on it, how it was seen, when it was read, and what a visit found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from review_clock.formats.tables import csv_text, paragraph
from review_clock.questions.sources import RESTING, CitedSource, Visit
from review_clock.words.wording import Wording, capital

_COLUMNS: Final = ("title", "url", "dated", "seen", "read_on", "words", *RESTING)


def seen_text(source: CitedSource, words: Wording) -> str:
    """How it was seen for the record, and how its text was read for the law; or that its address is all."""
    via = words(f"via.{source.via}") if source.via else ""
    read = words(f"read.{source.read}") if source.read else ""
    return "; ".join(filter(None, (via, read)))


def _resting(source: CitedSource, words: Wording) -> str:
    found = {name: getattr(source, name) for name in RESTING}
    return "; ".join(
        f"{words(f'sources.{name}')}{words.colon} {', '.join(words.cite(each) for each in ids)}"
        for name, ids in found.items()
        if ids
    )


def _row(source: CitedSource, words: Wording) -> list[str]:
    rests = [", ".join(getattr(source, name)) for name in RESTING]
    read_on = source.read_on.isoformat() if source.read_on else ""
    quoted = " | ".join(source.words)
    return [words.said(source.title), source.url, source.dated, seen_text(source, words), read_on, quoted, *rests]


def sources_csv(sources: Iterable[CitedSource], words: Wording) -> str:
    """The sources as CSV, a row each."""
    headings = [words(f"sources.head_{name}") for name in _COLUMNS[:6]] + [words(f"sources.{name}") for name in RESTING]
    return csv_text(headings, [_row(each, words) for each in sources])


def source_block(source: CitedSource, words: Wording) -> str:
    """One source, with all that is known of it and what rests on it."""
    dated = f" ({source.dated})" if source.dated else ""
    read = words("source.read_on", day=source.read_on.isoformat()) if source.read_on else ""
    seen = seen_text(source, words)
    lines = [
        f"{words.said(source.title)}{dated}",
        source.url or words("sources.no_address"),
        words("source.archived", url=source.archived) if source.archived else "",
        " ".join(filter(None, (f"{capital(seen)}." if seen else "", read))),
        " ".join(words("source.words", words=each) for each in source.words),
        _resting(source, words),
    ]
    first, *more = filter(None, lines)
    return "\n".join([paragraph(first), *(paragraph(each, "    ") for each in more)])


def sources_text(sources: Sequence[CitedSource], words: Wording) -> str:
    """The sources for a terminal, and how many have no address or no day."""
    bare = sum(not each.url for each in sources)
    unread = sum(each.read_on is None for each in sources)
    end = words("sources.count", n=len(sources), bare=bare, unread=unread)
    return "\n\n".join([*(source_block(each, words) for each in sources), paragraph(end)]) + "\n"


def _findings(visit: Visit, words: Wording) -> list[str]:
    told = {"to": visit.to, "why": visit.why, "words": " | ".join(visit.words)}
    return [words(f"sources.{each}", **told) for each in visit.found]


def visit_text(visit: Visit, words: Wording) -> str:
    """What a visit found, and what rests on the source."""
    source = visit.source
    lines = [source.url, *_findings(visit, words), _resting(source, words)]
    return "\n".join([paragraph(words.said(source.title)), *(paragraph(each, "    ") for each in lines)])


def visits_csv(visits: Iterable[Visit], words: Wording) -> str:
    """What visits found as CSV, a row a source."""
    headings = [words(f"sources.head_{name}") for name in ("title", "url", "found")] + [words("sources.head_rests")]
    return csv_text(
        headings,
        [
            [words.said(v.source.title), v.source.url, "; ".join(_findings(v, words)), _resting(v.source, words)]
            for v in visits
        ],
    )
