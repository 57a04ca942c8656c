"""The kinds of values that a command line takes, each refused in one line that says what is accepted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import click

from review_clock.commands.bad_input import named
from review_clock.files import Error, Phrase, nearest


def known(value: Any, accepted: Collection[str], param: click.Parameter | None, ctx: click.Context | None) -> str:
    """The word, where it is one of those accepted. Raises `Error` that lists them."""
    if value not in accepted:
        wrong = Phrase("{name}: {value!r} is not known", name=named(param, ctx), value=value)
        raise Error(wrong, nearest(value, accepted))
    return str(value)


class OneOf(click.Choice):  # type: ignore[type-arg]  # generic only in newer Click
    """One of a few words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The word, or an error that lists what is accepted."""
        return known(value, self.choices, param, ctx)


class Whole(click.IntRange):
    """A whole number in a range."""

    def _describe_range(self) -> str:
        return "" if self.min is None and self.max is None else super()._describe_range()

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number, or an error that gives the range."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            span = Phrase("a whole number from {first} to {last}", first=self.min, last=self.max)
            wrong = Phrase("{name}: {value!r} is not accepted", name=named(param), value=value)
            raise Error(wrong, "a whole number" if self.max is None else span) from None


class FilePath(click.Path):
    """The path of a file, or of a folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, or an error that says what is there."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            form = "{name}: {value} is a file" if self.dir_okay else "{name}: {value} is a folder"
            accepted = "a folder" if self.dir_okay else "a file"
            raise Error(Phrase(form, name=named(param, ctx), value=value), accepted) from None


class SpanType(click.ParamType):  # type: ignore[type-arg]  # generic only in newer Click
    """A number of days, written 90 or 90d."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ARG002
        """The number of days, or an error."""
        text = str(value).removesuffix("d")
        if not (text.isascii() and text.isdigit() and len(text) <= 5):
            wrong = Phrase("{name}: {value!r} is not a number of days", name=named(param), value=value)
            raise Error(wrong, "a number of days such as 90d")
        return int(text)


SPAN = SpanType()


class DayType(click.ParamType):  # type: ignore[type-arg]  # generic only in newer Click
    """A day as ISO 8601, not after the last that is answered for."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ARG002
        """The date, or an error."""
        from review_clock.files import YEARS
        from review_clock.timeline.unfold import LAST_DAY, OutsideTheCalendar

        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            wrong = Phrase("{name}: {value!r} is not a date", name=named(param), value=value)
            raise Error(wrong, "a day such as 2026-11-23") from None
        if day.year < YEARS[0]:
            wrong = Phrase("{name}: {wrong}", name=named(param), wrong=Phrase("{day} is too far away", day=day))
            raise Error(wrong, Phrase("a year from {first} to {last}", first=YEARS[0], last=LAST_DAY.year))
        if day > LAST_DAY:
            raise Error(Phrase("{name}: {wrong}", name=named(param), wrong=OutsideTheCalendar(day).wrong))
        return day


DAY = DayType()
