"""Where an answer comes from, with what is written of it: in JSON, tables and drawings, and as a citation."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Container
from typing import Any, Final
from xml.sax.saxutils import escape

from review_clock.formats.json_writer import document
from review_clock.formats.tables import csv_lines, spreadsheet_safe
from review_clock.questions.answer import Answer
from review_clock.questions.premises import Premises
from review_clock.questions.provenance import Provenance, provenance
from review_clock.words.wording import Wording, capital, wording

AUTHORS: Final = "The Review Clock authors"


def provenance_document(come: Provenance) -> dict[str, Any]:
    """Where an answer comes from, by the names of its fields."""
    found: dict[str, Any] = document(come, wording("en"))
    return found


def _in_one_line(come: Provenance, without: Container[str] = ()) -> str:
    said = {name: value for name, value in provenance_document(come).items() if name not in without}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def published(premises: Premises) -> str:
    """Where a feed comes from, in one line. The command and the names of a user's files are nobody else's business, and
    neither changes what it holds: time alone makes it no other."""
    return _in_one_line(provenance(premises, units={"day": "ISO 8601"}), without=("command", "own"))


def _table(text: str, come: Provenance) -> str:
    """A table with a last column, alike in each row, that says where it comes from; one without rows as it is."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    said = ["provenance", *[_in_one_line(come)] * (len(rows) - 1)] if rows else []
    return csv_lines([*row, spreadsheet_safe(each)] for row, each in zip(rows, said, strict=True))


def cited(text: str, form: str, come: Provenance) -> str:
    """A table (csv), a drawing (svg) or a graph (mermaid, dot) that carries where it comes from; another text as it
    is."""
    if form == "csv":
        return _table(text, come)
    if form == "svg":
        body, end = text.rsplit("</svg>", 1)
        return f"{body}<metadata>{escape(_in_one_line(come))}</metadata>\n</svg>{end}"
    if form in ("mermaid", "dot"):
        return f"{text.rstrip()}\n{'%%' if form == 'mermaid' else '//'} {_in_one_line(come)}\n"
    return text


def _what(come: Provenance, words: Wording) -> str:
    """An answer in a sentence: of which day, from which law and record, under which readings, asked by what."""
    readings = ", ".join(f"{key}={value}" for key, value in come.otherwise.items())
    known = [words("cited.known", day=words.day(come.known_on))] if come.known_on else []
    verified = [words("cited.verified", day=words.day(come.verified_on))] if come.verified_on else []
    parts = [
        *([words("cited.as_of", day=words.day(come.as_of))] if come.as_of else []),
        *known,
        *verified,
        words("cited.digests" if "record" in come.digests else "cited.law", **come.digests),
        words("cited.readings", readings=readings) if readings else words("cited.defaults"),
        *([words("cited.assumed", lines="; ".join(come.assumed))] if come.assumed else []),
        *([words("cited.own", files=", ".join(come.own))] if come.own else []),
        *([words("cited.command", command=come.command)] if come.command else []),
    ]
    return capital("; ".join(parts))


def citation(come: Provenance, words: Wording) -> str:
    """How to cite an answer, as text."""
    return f"{AUTHORS}, Review Clock, {words('cited.version', version=come.version)}. {_what(come, words)}."


_TEX: Final = str.maketrans(
    {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {mark: f"\\{mark}" for mark in "#$%&_{}"}
)


def bibtex(come: Provenance, words: Wording) -> str:
    """How to cite an answer, as an entry of BibTeX; its date is the day that the answer is of, where it is of one."""
    fields = {
        "author": f"{{{AUTHORS}}}",
        "title": f"Review Clock, {words('cited.version', version=come.version)}",
        **({"year": str(come.as_of.year)} if come.as_of else {}),
        "note": _what(come, words).translate(_TEX),
    }
    lines = [f"  {name:<6} = {{{value}}}," for name, value in fields.items()]
    key = "-".join([*([str(come.as_of)] if come.as_of else []), *(each[:6] for each in come.digests.values())])
    return "\n".join([f"@misc{{review-clock-{key},", *lines, "}"])


def how_to_cite(come: Provenance, words: Wording) -> str:
    """How to cite an answer, as text and then as an entry of BibTeX."""
    return f"{citation(come, words)}\n\n{bibtex(come, words)}"


def cite(asked: Premises | Answer, lang: str = "en", command: str = "") -> str:
    """How to cite what was asked, a question or its `Answer`, as text and then as an entry of BibTeX: what `--cite`
    prints. A `command` that asks for it again is named.

    `lang` is en, es or fr. Raises `Error` for another language.
    """
    return how_to_cite(provenance(asked.premises if isinstance(asked, Answer) else asked, command), wording(lang))
