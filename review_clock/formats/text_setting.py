"""What odds rest on → text for a terminal and Markdown: what is given and assumed, and how it was reckoned."""

from __future__ import annotations

from review_clock.formats.tables import facts, markdown, paragraph, paragraphs
from review_clock.futures.setting import Setting
from review_clock.words.odds import assumptions, given
from review_clock.words.start import caveats, hypothesis
from review_clock.words.wording import Wording


def setting_text(under: Setting, heading: str, words: Wording) -> list[str]:
    """What an answer rests on: what is taken as given and assumed, the title, the chances, what is assumed beyond."""
    return [
        paragraphs(hypothesis(under.start, words)),
        paragraph(heading) + "\n",
        f"{words('outlook.given')}\n{facts(given(under, words))}\n",
        f"{words('outlook.assumed')}\n"
        + "".join(f"{paragraph(line, '  ', '- ')}\n" for line in assumptions(under, words)),
    ]


def setting_markdown(under: Setting, heading: str, words: Wording) -> list[str]:
    """The same in Markdown."""
    return [
        f"# {heading}",
        "\n".join(hypothesis(under.start, words)),
        f"## {words('outlook.given')}\n\n{markdown(('', ''), given(under, words))}",
        f"## {words('outlook.assumed')}\n\n" + "\n".join(f"- {line}" for line in assumptions(under, words)),
    ]


def notes(under: Setting, words: Wording) -> list[str]:
    """How it was computed, that it is no forecast, and under what."""
    return [
        words("outlook.exact" if under.exact else "outlook.floating"),
        words("outlook.not_a_forecast"),
        *caveats(under.start, words),
    ]
