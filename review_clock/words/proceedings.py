"""Where a step of a proceeding stands, in words: its day, its state, or the weeks that practice would give."""

from __future__ import annotations

from review_clock.questions.proceedings import ByPractice, DaySet, StepState
from review_clock.words.phrases import DayForm
from review_clock.words.wording import Wording


def days_text(day: DaySet, words: Wording, said: DayForm) -> str:
    """The day that an entry gives, or its first and last, as exact as it is known."""
    if day.on is None:
        return words("proceedings.day_not_read")
    if day.on_is:
        return words(f"proceedings.by_{'year' if day.on_is == 'year' else 'day'}", day=said(day.on), year=day.on.year)
    return words("history.from_to", start=said(day.on), end=said(day.until)) if day.until else said(day.on)


def practice_text(found: ByPractice, words: Wording, said: DayForm) -> str:
    """The weeks of a step if the last rhythm repeats, with the days between the steps then."""
    same = words.days(found.least) if found.least == found.most else ""
    days = same or words("proceedings.days_span", least=found.least, most=found.most)
    return words(
        "proceedings.by_practice",
        precedents=", ".join(found.precedents),
        after=words(f"proceeding_step.{found.after}"),
        days=words("proceedings.later", days=days) if found.most else words("proceedings.same_day"),
        start=said(found.start),
        end=said(found.end),
    )


def state_text(step: StepState, words: Wording, said: DayForm) -> str:
    """Where a step stands, how well that is established, the days superseded; or when practice would put it."""
    state = words(f"proceeding_state.{step.state}")
    if step.by_practice is not None:
        return f"{state}; {practice_text(step.by_practice, words, said)}"
    if step.day is not None:
        state = f"{state} ({words(f'established.{step.day.confidence}')})"
    if not step.superseded:
        return state
    days = ", ".join(f"{days_text(each, words, said)} ({each.entry})" for each in step.superseded)
    return f"{state}; {words('proceedings.superseded', days=days)}"
