"""An open point → text for a terminal."""

from __future__ import annotations

from review_clock.formats.tables import paragraph
from review_clock.questions.open_points import OpenPoint
from review_clock.words.wording import Wording


def open_point_text(point: OpenPoint, words: Wording) -> str:
    """One open point: question, values, why, who holds which, and the dates the other values give."""
    reading, chosen, moves = point.reading, point.chosen, point.moves
    lines = [paragraph(f"{reading.number}  {reading.key}"), paragraph(words.said(reading.question), "    ")]
    for value in reading.values:
        marks = [words("readings.default")] if value == reading.default else []
        marks += [words("readings.chosen")] if value == chosen else []
        note = f" ({', '.join(marks)})" if marks else ""
        lines.append(
            paragraph(f"{value}{note}{words.colon} {words.said(reading.choices[value])}", "        ", "      ")
        )
    lines.append(paragraph(f"{words('readings.why')}{words.colon} {words.said(reading.why)}", "    "))
    checked = words("explain.checked", day=reading.checked_on.isoformat())
    cites = ", ".join(map(words.cite, reading.authority))
    lines.append(paragraph(f"{cites}; {checked}." if cites else f"{checked}.", "    "))
    if reading.note is not None:
        lines.append(paragraph(f"{words('readings.note')}{words.colon} {words.said(reading.note)}", "    "))
    for each in reading.supporters:
        dated = f" ({each.dated})" if each.dated else ""
        held = f"{each.value}{words.colon} {words.said(each.who)}{dated} {each.url}".rstrip()
        lines.append(paragraph(held, "        ", "      - "))
    if not moves and not point.opens:
        lines.append(paragraph(words("readings.moves_none"), "    "))
    if point.opens:
        ids = ", ".join(f"{deadline.id} ({value})" for deadline, value in point.opens[:6])
        more = f", {words('readings.moves_more', n=len(point.opens) - 6)}" if len(point.opens) > 6 else ""
        lines.append(paragraph(f"{words('readings.opens')}{words.colon} {ids}{more}", "    "))
    if moves:
        lines.append(paragraph(f"{words('readings.moves')}{words.colon}", "    "))
        for deadline, other in moves[:6]:
            day = other.date.isoformat() if other.date else words("explain.no_date")
            told = (
                f"{words.said(deadline.title)} [{deadline.id}]{words.colon} {day} ({other.reading.partition('=')[2]})"
            )
            lines.append(paragraph(told, "        ", "      "))
        if len(moves) > 6:
            lines.append(paragraph(words("readings.moves_more", n=len(moves) - 6), "      "))
    return "\n".join(lines) + "\n"
