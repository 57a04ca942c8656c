"""What the status page says first, in states that the record does not have: written from the law, row by row."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest

from review_clock.files import LANGUAGES
from review_clock.formats.explanation import what_is_due
from review_clock.formats.text_deadlines import deadlines_markdown
from review_clock.site.material import Material
from review_clock.site.pages.questions import questions_page
from review_clock.site.pages.status import status_page
from review_clock.site.pictures.strands import bar
from review_clock.timeline.keeping import with_lines
from review_clock.words.headline import headline
from review_clock.words.verdict import time_left, verdict
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, question
from tests.words.states import asked, questions

US, MX = "2026-11-20 us gives notice", "2026-11-21 mx gives notice"
ALL = "2027-07-01 all confirm"
ROWS = [  # lines, day, tag, first sentence, second sentence, the dates of the facts
    ((), "2026-11-24", "", "In force in all three countries.", "Ends July 1, 2036, if nobody acts.",
     ("May 24, 2027", "around July 1, 2027", "July 1, 2036")),
    ((US,), "2026-11-24", "Notice running", "The United States leaves on May 20, 2027.", "Canada and Mexico go on.",
     ("May 20, 2027", "around July 1, 2027", "July 1, 2036")),
    ((US,), "2027-08-01", "Two countries only", "In force between Canada and Mexico only.",
     "The United States left on May 20, 2027.", ("February 1, 2028", "around July 1, 2028", "July 1, 2036")),
    ((ALL,), "2027-08-01", "Extended", "In force in all three countries.",
     "Extended to July 1, 2043, or read otherwise to July 1, 2052.",
     ("February 1, 2028", "by July 1, 2033", "July 1, 2043")),
    ((US, MX), "2026-11-24", "Notices running", "Ends on May 21, 2027.",
     "By then Mexico and the United States are out.", ("May 20, 2027", "May 21, 2027", "July 2, 2036")),
    ((US, MX), "2027-06-01", "Ended", "No longer in force.", "It ended on May 21, 2027.",
     ("6 years and 10 months", "May 21, 2027")),
    ((), "2036-07-15", "Ended", "No longer in force.", "It ended on July 1, 2036.", ("16 years", "July 1, 2036")),
    ((), "2019-05-01", "Not yet in force", "Not yet in force.", "It binds nobody so far.", ()),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "day", "tag", "first", "second", "facts"), ROWS)
def test_the_first_screen_says(
    lines: tuple[str, ...], day: str, tag: str, first: str, second: str, facts: tuple[str, ...]
) -> None:
    said = verdict(asked(date.fromisoformat(day), lines).answer, wording("en"))
    assert (said.tag, said.first, said.second) == (tag, first, second)
    assert tuple(each.value for each in said.facts) == facts


@pytest.mark.parametrize(
    ("lang", "labels"),
    [
        ("en", ["Mexico is out from", "The United States is out, and it ends"]),
        ("es", ["México queda fuera desde el", "Estados Unidos queda fuera, y termina"]),
        ("fr", ["Le Mexique n’est plus lié à compter du", "Les États-Unis ne sont plus liés, et il prend fin"]),
    ],
)
def test_a_departure_ahead_is_not_told_as_past(lang: str, labels: list[str]) -> None:
    said = verdict(
        asked(date(2026, 11, 24), ("2026-11-20 mx gives notice", "2026-11-21 us gives notice")).answer, wording(lang)
    )
    assert [each.label for each in said.facts if each.mark == "leaving"] == labels


GOES_ON = ("agreement_ends", "continues")


@pytest.mark.parametrize("reading", GOES_ON)
@pytest.mark.parametrize("lines", [(), (US,), (US, MX)], ids=len)
def test_whether_one_more_departure_ends_it_is_what_would_happen(lines: tuple[str, ...], reading: str) -> None:
    asking = asked(date(2027, 6, 15), lines).under(one_party_left=reading)
    answer = asking.answer
    if answer.earliest_exit is None:
        assert not answer.in_force
        return
    left = with_lines(RECORD, [*lines, f"2027-06-15 {answer.between[0]} gives notice"], LAW, asking.readings)
    after = question(answer.earliest_exit.date, asking.readings, left).answer
    assert answer.exit_ends_it is not after.in_force


ONE_MORE = [  # the reading, who left, the language, the tag, first sentence, can it end sooner, the fact of the exit
    ("agreement_ends", (US,), "en", "Two countries only", "In force between Canada and Mexico only.",
     "If a second country leaves, the Agreement ends, as the text is read here: one country alone has none. No notice "
     "is running.", ("Earliest possible end", "if one of the two gave notice on June 15, 2027")),
    ("continues", (US,), "en", "Two countries only", "In force between Canada and Mexico only.",
     "If a second country leaves, the Agreement goes on for the one that remains, as the text is read here. No notice "
     "is running.", ("Earliest possible exit", "if a country gave notice on June 15, 2027")),
    ("continues", (US, MX), "en", "One country only", "In force for Canada only.",
     "If that country leaves too, the Agreement ends. No notice is running.",
     ("Earliest possible end", "if that country gave notice on June 15, 2027")),
    ("continues", (US, MX), "es", "Solo un país", "En vigor solo para Canadá.",
     "Si también sale ese país, el Tratado termina. No corre ninguna notificación.",
     ("Fin más temprano posible", "si ese país lo notificara el 15 de junio de 2027")),
    ("continues", (US, MX), "fr", "Un seul pays", "En vigueur seulement pour le Canada.",
     "Si ce pays se retire aussi, l’Accord prend fin. Aucun avis ne court.",
     ("Fin la plus proche possible", "si ce pays donnait un avis le 15 juin 2027")),
]  # fmt: skip


@pytest.mark.parametrize(("reading", "lines", "lang", "tag", "first", "sooner", "fact"), ONE_MORE)
def test_what_one_more_departure_does_is_said_as_the_text_is_read(
    reading: str, lines: tuple[str, ...], lang: str, tag: str, first: str, sooner: str, fact: tuple[str, str]
) -> None:
    asking = asked(date(2027, 6, 15), lines).under(one_party_left=reading)
    said = verdict(asking.answer, wording(lang))
    assert (said.tag, said.first, said.sooner.replace("\u00a0", " ")) == (tag, first, sooner)
    assert [(each.label, each.note.replace("\u00a0", " ")) for each in said.facts if each.mark == "open"] == [fact]


@pytest.mark.parametrize(
    ("lang", "second", "goes_on"),
    [
        ("en", "The United States goes on alone.", "The Agreement then goes on for the United States alone."),
        ("es", "Estados Unidos sigue sin los demás.", "El Tratado sigue después solo para Estados Unidos."),
        ("fr", "L’Accord ne se poursuit que pour les États-Unis.",
         "L’Accord ne se poursuit ensuite que pour les États-Unis."),
    ],
)  # fmt: skip
def test_one_country_alone_goes_on_in_words_of_its_own(lang: str, second: str, goes_on: str) -> None:
    lines = ("2026-11-20 ca gives notice", MX)
    answer = asked(date(2026, 11, 24), lines).under(one_party_left="continues").answer
    assert verdict(answer, wording(lang)).second == second
    assert goes_on in headline(answer, wording(lang)).notices


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_one_country_alone_names_it_between_nobody(lang: str) -> None:
    """Nor does the bar, the line of the title or any answered question put one country between others."""
    asking = asked(date(2027, 6, 15), (US, MX)).under(one_party_left="continues")
    words, name = wording(lang), wording(lang)("headline.party.CA")
    line = headline(asking.answer, words)
    material = Material(question=asking, base_url="", feeds={})
    pages = [make(material, words).decode("utf-8") for make in (status_page, questions_page)]
    for text in (line.paragraph, line.title, line.badge, *pages):
        assert name in text
        for between in ("between", "entre"):
            assert not re.search(rf"\b{between} {name}\b(?! (and|y|et) )", text, re.IGNORECASE)


def test_of_a_term_that_ran_out_no_more_is_said_than_that() -> None:
    """It runs out also where all confirmed once, and where the record does not know of the reviews."""
    for lines, day in (((), "2036-07-15"), ((ALL,), "2043-07-15")):
        assert verdict(asked(date.fromisoformat(day), lines).answer, wording("en")).sooner.startswith(
            "Its term ran out."
        )


KNOWN = [  # lines, day, the next review by its id, how its day is known
    ((), "2026-06-01", "treaty.review.six-year", "the text fixes the day"),
    ((), "2026-11-24", "treaty.review.annual.1-2", "the day is inferred"),
    ((ALL,), "2027-08-01", "treaty.review.after-extension.2-1", "the text fixes only the latest day"),
]


@pytest.mark.parametrize(("lines", "day", "identity", "known"), KNOWN)
def test_how_the_day_of_the_next_review_is_known(lines: tuple[str, ...], day: str, identity: str, known: str) -> None:
    """On the first screen, in `explain` and in the tables."""
    words, asking = wording("en"), asked(date.fromisoformat(day), lines)
    row = asking.explain(identity)
    (fact,) = (each for each in verdict(asking.answer, words).facts if each.mark.startswith("review"))
    assert known in fact.note
    assert ("How the day is known", known) in what_is_due(row, words)
    assert f"| {known} " in deadlines_markdown([row], words)


@pytest.mark.parametrize(
    ("day", "said", "loudness"),
    [
        ("2026-11-06", "", ""),
        ("2026-11-07", "30 days ago", "note"),
        ("2026-12-07", "60 days ago", "warning"),
        ("2027-02-05", "120 days ago", "alarm"),
    ],
)
def test_the_age_of_the_record_grows_louder_at_30_60_and_120_days(day: str, said: str, loudness: str) -> None:
    found = verdict(asked(date.fromisoformat(day), ()).answer, wording("en"))
    assert (found.age, found.loudness) == (said, loudness)


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2026-12-01", "7 days"),
        ("2027-03-03", "99 days"),
        ("2027-03-04", "3 months"),
        ("2036-07-01", "9 years and 7 months"),
        ("2027-11-24", "1 year"),
    ],
)
def test_time_left_is_said_in_the_unit_one_can_weigh(end: str, said: str) -> None:
    assert time_left(date(2026, 11, 24), date.fromisoformat(end), wording("en")) == said


@pytest.mark.parametrize("name", list(questions()))
def test_the_bar_shows_what_the_answer_says(name: str) -> None:
    answer = questions()[name].answer
    drawn = bar(answer)
    if answer.ends is None:
        assert drawn is None
        return
    assert drawn is not None
    out = {each.party for each in answer.left} | {n.party for n in answer.notices if n.effective <= answer.ends.date}
    assert {each.party for each in drawn.strands if each.out is not None} <= out
    for strand in drawn.strands:
        parts = strand.stretches
        assert parts[0].at == 0
        for one, other in pairwise(parts):
            assert one.at + one.wide == pytest.approx(other.at, abs=0.02)
        assert parts[-1].at + parts[-1].wide <= 100.02
    kinds = {part.kind for strand in drawn.strands for part in strand.stretches}
    by_withdrawals = answer.ends.because == "withdrawals"
    running = [each for each in answer.notices if each.effective < answer.ends.date or by_withdrawals]
    assert ("leaving" in kinds) == bool(running)
    assert answer.in_force or kinds == {"lived"}
    assert (drawn.review is not None) == (answer.next_review is not None)


def test_a_strand_that_stops_is_seen_without_colour() -> None:
    drawn = bar(asked(date(2027, 8, 1), (US,)).answer)
    assert drawn is not None
    assert [each.out is not None for each in drawn.strands] == [False, False, True]
    assert drawn.strands[2].stretches[-1].at + drawn.strands[2].stretches[-1].wide < drawn.today


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_said_first_is_short(lang: str) -> None:
    for each in questions().values():
        said = verdict(each.answer, wording(lang))
        assert len(f"{said.first} {said.second}".split()) <= (26 if lang == "en" else 32)
        assert len(said.facts) <= 4
