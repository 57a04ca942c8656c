"""All that the site shows: the question it answers, the same as of the last day of news, and the named scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from review_clock.deadlines.deadline import Deadline
from review_clock.feeds.calendar import feed_day
from review_clock.feeds.definition import Definition
from review_clock.futures.prepared_odds import PreparedOdds, prepared_odds
from review_clock.law.law import Law
from review_clock.law.readings import Readings
from review_clock.questions.extension_by_year import ExtensionIn, extensions_by_year
from review_clock.questions.facts import Extended
from review_clock.questions.question import Question
from review_clock.questions.status import Status
from review_clock.record.ledger import Record
from review_clock.scenarios.assume import NotAssumable
from review_clock.scenarios.library import Plan, library
from review_clock.site.changes_of_dates import ChangesOfDates, changes_of_dates, without_rows
from review_clock.site.gallery import Told, gallery
from review_clock.site.own_dates import is_own_date, public, without_own


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes a site, and the address (of a page, or mailto:) under which to reach them; either may be empty."""

    name: str = ""
    contact: str = ""


@dataclass(frozen=True, kw_only=True)  # no slots: each question keeps its answer
class Material:
    """The question of the site, and where the site will stand. Feeds are made as of the last day of news.

    The user's own dates and cases, and the feeds that ask for them, are no part of it unless it is to `include_own`.
    """

    question: Question
    base_url: str
    feeds: Mapping[str, Definition]
    publisher: Publisher = Publisher()
    include_own: bool = False
    published_changes: bytes = b""
    """The list of changes of the site that this one follows: its rows keep their numbers."""

    def __post_init__(self) -> None:
        if not self.include_own:
            object.__setattr__(
                self, "published_changes", without_rows(self.published_changes, is_own_date(self.question))
            )
            object.__setattr__(self, "question", without_own(self.question))
            object.__setattr__(self, "feeds", public(self.feeds))

    @property
    def law(self) -> Law:
        """The law of the question."""
        return self.question.law

    @property
    def record(self) -> Record:
        """The record as it was known on the day."""
        return self.question.known

    @property
    def as_of(self) -> date:
        """The day of the answer."""
        return self.question.as_of

    @property
    def readings(self) -> Readings:
        """The readings chosen."""
        return self.question.readings

    @property
    def status(self) -> Status:
        """The position on the day."""
        return self.question.status

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Every deadline as of the day."""
        return self.question.all_deadlines

    @cached_property
    def by_id(self) -> Mapping[str, Deadline]:
        """Every deadline as of the day, by its id."""
        return {each.id: each for each in self.deadlines}

    @cached_property
    def feed_day(self) -> date:
        """What the feeds are made as of."""
        return feed_day(self.question)

    @cached_property
    def feed_question(self) -> Question:
        """The question as of the last day of news: what the feeds are made from."""
        return replace(self.question, as_of=self.feed_day)

    @property
    def feed_deadlines(self) -> tuple[Deadline, ...]:
        """Every deadline as of the last day of news."""
        return self.feed_question.all_deadlines

    @cached_property
    def reviews(self) -> Mapping[str, Deadline]:
        """The deadlines that are joint reviews, by the review's name in ids, in the order of their dates."""
        return {each.review.key: each for each in self.deadlines if each.kind == "review" and each.review is not None}

    @cached_property
    def scenarios(self) -> Mapping[str, tuple[Plan, Question]]:
        """The named scenarios that the record allows, each with the question under it; `check` names the others."""
        same = self.record == self.question.record
        recorded = self.question if same else replace(self.question, record=self.record)
        found = {name: (plan, recorded.under_plan(plan)) for name, plan in library().items()}
        return {name: each for name, each in found.items() if _is_allowed(each[1])}

    @cached_property
    def gallery(self) -> tuple[Told, ...]:
        """The states that every first sentence is held to."""
        return tuple(gallery(self.law))

    @cached_property
    def changes(self) -> ChangesOfDates:
        """What became known of the dates, day after day. Raises `BadData` for what was published in another form."""
        return changes_of_dates(self.question, self.published_changes)

    @cached_property
    def odds(self) -> PreparedOdds:
        """What follows from the settings of chances that ship, and the table over two of them."""
        return prepared_odds(self.question)

    @cached_property
    def if_all_confirmed(self) -> Extended | None:
        """The extension that would follow if every Party bound confirmed on the day; None where the law allows none."""
        try:
            found = self.question.assume(f"{self.as_of} all confirm").answer.extended
        except NotAssumable:
            return None
        return found if found is not None and found.on == self.as_of else None

    @cached_property
    def extensions(self) -> tuple[ExtensionIn, ...]:
        """What comes of an extension in each year left of the term."""
        return extensions_by_year(replace(self.question, record=self.record))


def _is_allowed(question: Question) -> bool:
    try:
        return question.scenario is not None
    except NotAssumable:
        return False
