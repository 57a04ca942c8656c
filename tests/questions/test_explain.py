"""Which date is meant by what was typed, and what is said where there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from click.testing import Result

from review_clock.files import LANGUAGES, Error
from review_clock.law.acts_and_lapses import Party
from review_clock.questions.all_deadlines import NoSuchDeadline
from review_clock.questions.memo import memo
from review_clock.questions.question import Question
from review_clock.timeline.keeping import with_lines
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, question

EXTENDED = ("2029-03-15 all confirm",)


def _asked(day: str, lines: tuple[str, ...] = ()) -> Question:
    return question(date.fromisoformat(day), record=with_lines(RECORD, lines, LAW, LAW.defaults))


# The day, lines added to the record, what is typed; the date meant.
MEANT = [
    ("2026-11-28", (), "treaty.review.annual.1-5", "treaty.review.annual.1-5 2030-07-01"),
    ("2026-11-28", (), "treaty.review.annual@2030", "treaty.review.annual.1-5 2030-07-01"),
    ("2026-11-28", (), "treaty.review.annual.1-5@2030", "treaty.review.annual.1-5 2030-07-01"),
    ("2026-11-28", (), "us.comments.1-2@2027", "us.comments.1-2 2027-01-12"),
    # of several the next, on its own day too; then the last
    ("2027-06-30", (), "treaty.review.annual", "treaty.review.annual.1-2 2027-07-01"),
    ("2027-07-01", (), "treaty.review.annual", "treaty.review.annual.1-2 2027-07-01"),
    ("2027-07-02", (), "treaty.review.annual", "treaty.review.annual.1-3 2028-07-01"),
    ("2036-01-01", (), "treaty.review.annual", "treaty.review.annual.1-10 2035-07-01"),
    # those that an extension removed are not the next: that after the review of 2035 is
    ("2029-04-01", EXTENDED, "treaty.review.annual", "treaty.review.annual.2-2 2036-03-15"),
    # an extension left those of its term standing and removed the others: asked for by their year they are still told
    ("2029-04-01", EXTENDED, "treaty.review.annual@2028", "treaty.review.annual.1-3 2028-07-01"),
    ("2029-04-01", EXTENDED, "treaty.review.annual@2031", "treaty.review.annual.1-6 2031-07-01"),
]


@pytest.mark.parametrize(("day", "lines", "typed", "meant"), MEANT)
def test_the_date_meant(day: str, lines: tuple[str, ...], typed: str, meant: str) -> None:
    found = _asked(day, lines).explain(typed)
    assert f"{found.id} {found.date}" == meant
    assert (found.certainty == "superseded") == typed.endswith("2031")


@pytest.mark.parametrize(
    ("day", "lang", "said"),
    [
        ("2027-07-01", "en", "treaty.review.annual: shown is the next of these deadlines as of 2027-07-01."),
        (
            "2036-08-01",
            "en",
            "treaty.review.annual: as of 2036-08-01 all of these deadlines have gone by; shown is the last.",
        ),
        (
            "2036-08-01",
            "es",
            "treaty.review.annual: al 2036-08-01 todas estas fechas ya pasaron; se muestra la última.",
        ),
        (
            "2036-08-01",
            "fr",
            "treaty.review.annual\u00a0: en date du 2036-08-01, toutes ces échéances sont passées; voici la dernière.",
        ),
    ],
)
def test_of_several_dates_it_is_said_which_one_is_shown(
    run: Callable[..., Result], day: str, lang: str, said: str
) -> None:
    assert said in run("--lang", lang, "explain", "treaty.review.annual", "--as-of", day).stderr.splitlines()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_count_from_an_extension_names_no_single_country(lang: str) -> None:
    words = wording(lang)
    steps = words.derivation(_asked("2029-04-01", EXTENDED).explain("treaty.review.after-extension.2-1").derivation)
    assert steps[0][0] == words("step.start", what=words("anchor.extension"))
    assert not any(words.party(party) in said for said, _ in steps for party in Party)


# The day, what is typed; what is said, without what is accepted.
REFUSED = [
    ("2026-11-28", "us.611.hearing@2030",
     "us.611.hearing: this duty has no fixed day (see review-clock deadlines --undated)"),
    ("2026-11-28", "us.716.facility-review@2030", "us.716.facility-review@2030: no such date now; count one with "
     "deadlines --case us.716.facility-review --trigger DATE"),
    ("2026-10-01", "us.comments.1-2", "us.comments.1-2: not announced before 2026-10-02"),
    ("2026-11-28", "us.611.notise.1-2", "'us.611.notise.1-2' is not a deadline"),
    ("2026-11-28", "treaty.review.annual@2050", "'treaty.review.annual@2050': there is no such date as things stand"),
    # nothing, a year alone and the id of an entry of the record name no date
    ("2026-11-28", "", "'' is not a deadline"),
    ("2026-11-28", "@2027", "'@2027' is not a deadline"),
    ("2026-11-28", "E65d", "'E65d' is not a deadline"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "typed", "said"), REFUSED)
def test_what_is_said_where_there_is_no_such_date(day: str, typed: str, said: str) -> None:
    with pytest.raises(NoSuchDeadline) as refused:
        _asked(day).explain(typed)
    assert str(refused.value).partition(" (accepted: ")[0] == said


def test_the_nearest_are_named() -> None:
    with pytest.raises(
        NoSuchDeadline, match=r"\(accepted: us\.611\.notice\.1-2, .*did you mean us\.611\.notice\.1-2\?$"
    ):
        _asked("2026-11-28").explain("us.611.notise.1-2")
    with pytest.raises(NoSuchDeadline) as refused:
        _asked("2026-11-28").explain("treaty.review.annual@2050")
    assert all(each.startswith("treaty.review.annual") for each in refused.value.accepted.split(", ")[:-1])
    # what begins so, whatever else is spelt like it
    with pytest.raises(NoSuchDeadline) as refused:
        _asked("2026-11-28").explain("mx")
    assert str(refused.value) == "'mx' is not a deadline (accepted: mx.consultation, mx.senate)"


def test_a_rule_that_has_no_date_as_things_stand_is_not_offered_as_if_it_had_one() -> None:
    # no notice was given: the Act ceases for no country, and no other id of the rule would answer either
    with pytest.raises(NoSuchDeadline) as refused:
        _asked("2026-11-28").explain("us.621.country")
    assert str(refused.value) == "'us.621.country': there is no such date as things stand"
    # one date stands, in another year: it is offered
    with pytest.raises(NoSuchDeadline, match=r"^'mx\.consultation@2050': there is no .*accepted: mx\.consultation"):
        _asked("2026-11-28").explain("mx.consultation@2050")


def test_a_memo_of_what_is_nearly_the_position_names_it() -> None:
    with pytest.raises(Error) as refused:
        memo(_asked("2026-11-28"), "statsu")
    assert str(refused.value) == "'statsu' is not a deadline (accepted: status); did you mean status?"


def test_one_explained_has_the_dates_and_the_history_that_it_has_among_all() -> None:
    asked = _asked("2029-04-01", EXTENDED)
    for each in asked.all_deadlines:
        if each.rule in ("treaty.review.annual", "us.816.biennial", "announced"):
            assert asked.explain(each.id) == each


def test_a_memo_of_the_position_says_what_each_other_reading_would_give_by_name() -> None:
    """R9: taken as final, a notice that runs has no last day on which it can be taken back."""
    found = memo(_asked("2026-11-30", ("2026-11-28 us gives notice",)))
    of = {taken.reading.key: {other.value: dict(other.facts) for other in taken.others} for taken in found.readings}
    assert of["notice_can_be_rescinded"] == {"no": {"last_day_to_rescind": ()}}
    assert of["term_ends"] == {"end_of_day": {"last_day": date(2036, 7, 1)}}
