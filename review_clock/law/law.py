"""The law as one value: rules, readings, authorities, offices and jurisdictions, beside the table of Chapter 34.

Two of them can stand in one process and give two answers; nothing but `Law.shipped` keeps one. What is read from its
files is parsed when first asked for: the position on a day needs no rules.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from review_clock.files import BadData, Phrase, Table, nearest, parsed, same_in_all, text_of
from review_clock.law import readings as points
from review_clock.law.readings import Meaning, Reading, Readings, UnknownReading
from review_clock.law.versions import speaks_of_time

if TYPE_CHECKING:  # `status` must start fast
    from review_clock.law.amendment import Amendment
    from review_clock.law.authority import Authorities
    from review_clock.law.jurisdictions import Jurisdiction
    from review_clock.law.not_covered import NotCovered
    from review_clock.law.rules import Actor, Catalogue, Rule

FILES: Final = (
    *("actors.toml", "authorities.toml", "deadlines.toml", "jurisdictions.toml"),
    *("not_covered.toml", "readings.toml"),
)


@dataclass(frozen=True, kw_only=True)  # no slots: what is parsed is kept
class Law:
    """What the texts say. `texts` are its files by name; `own_rules` are a user's, hung on the law's deadlines.

    The table itself, Art. 34.6 and 34.7, is `law/chapter_34.py` in every law. `known_on` is the day whose knowledge of
    amendments is used; None for all that the files hold.
    """

    texts: tuple[tuple[str, str], ...] = field(repr=False)
    own_rules: tuple[Rule, ...] = ()
    known_on: date | None = None

    @classmethod
    def shipped(cls) -> Law:
        """The law that ships with the package."""
        return _shipped()

    @classmethod
    def read(cls, folder: str | os.PathLike[str]) -> Law:
        """The law of a folder that holds any of `FILES`; the others are those that ship. Raises `BadData`."""
        if not os.path.isdir(folder):
            wanted = Phrase("a folder with any of {files}", files=", ".join(FILES))
            raise BadData(str(folder), "", "is not a folder", wanted)
        ours = dict(_shipped().texts)
        paths = {name: os.path.join(folder, name) for name in FILES}
        law = cls(texts=tuple((n, text_of(paths[n]) if os.path.exists(paths[n]) else ours[n]) for n in FILES))
        _ = law.catalogue, law.authorities  # what is wrong in any of them is said now
        return law

    def with_own(self, rules: Iterable[Rule]) -> Law:
        """This law with a user's own rules beside it, as `deadlines.own_rules` reads them from a folder of feeds."""
        return replace(self, own_rules=tuple(rules))

    def as_known_on(self, day: date) -> Law:
        """This law as it was known at the end of `day`: an amendment that became known later does not exist for it.

        Of what only a later day knew nothing is lost: asked of another day, it is there again.
        """
        if self.known_on == day or not self._in_time:
            return self
        made = replace(self, known_on=day)
        made.__dict__["_whole"] = self._whole
        return made

    @cached_property
    def _whole(self) -> Law:
        """The same law with all versions of its texts."""
        return self if self.known_on is None else replace(self, known_on=None)

    @cached_property
    def _in_time(self) -> bool:
        return any(speaks_of_time(text) for _, text in self.texts)

    @cached_property
    def amendments(self) -> tuple[Amendment, ...]:
        """The passages from one version of a rule, reading or citation to the next, by the day they became known."""
        from review_clock.law.amendment import amendments

        if not self._in_time:
            return ()
        whole, day = self._whole, self.known_on or date.max
        texts = (
            *(amendments(rule.id, ((each, each.authority) for each in rule.later)) for rule in whole.rules),
            *(amendments(point.key, ((each, each.authority) for each in point.later)) for point in whole._points),
            *(
                amendments(cite, ((each, (cite,)) for each in text.later))
                for cite, text in whole._texts.by_cite.items()
            ),
        )
        found = (each for changed in texts for each in changed if each.known_on <= day)
        return tuple(sorted(found, key=lambda each: (each.known_on, each.in_force_from, each.of)))

    def _table(self, name: str) -> Table:
        return parsed(dict(self.texts)[name], name)

    @cached_property
    def digest(self) -> str:
        """A digest of its files: two answers under the same law carry the same."""
        import hashlib

        return hashlib.sha256("\0".join(text for _, text in self.texts).encode()).hexdigest()[:16]

    # ------------------------------------------------------------------------------------------------- readings

    @cached_property
    def _points(self) -> tuple[Reading, ...]:
        return points.load(self._table("readings.toml"))

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """The open points, in their order, each as it is known."""
        return tuple(point.last_known_by(self.known_on) for point in self._whole._points)

    @cached_property
    def defaults(self) -> Readings:
        """The default of each open point."""
        return Readings(tuple((reading.key, reading.default) for reading in self.readings))

    def chosen(self, pairs: Iterable[str]) -> Readings:
        """The defaults with each `KEY=VALUE` of `pairs` in place. Raises `UnknownReading` naming what is accepted."""
        known = {reading.key: reading for reading in self.readings}
        readings = self.defaults
        for pair in pairs:
            key, _, value = pair.partition("=")
            key, value = key.strip().lower(), value.strip().lower()
            if key not in known:
                raise UnknownReading(Phrase("{value!r} is not a reading", value=key), nearest(key, known))
            if value not in known[key].values:
                wrong = Phrase("{key}={value!r} is not a value of it", key=key, value=value)
                raise UnknownReading(wrong, nearest(value, known[key].values))
            readings = readings.but(key, value)
        return readings

    def alternatives(self, to: Readings) -> tuple[tuple[str, str], ...]:
        """Every (key, value) that is not the one in `to`."""
        return tuple((each.key, value) for each in self.readings for value in each.values if value != to[each.key])

    def meaning(self, pair: str) -> Meaning:
        """What `KEY=VALUE` means, as a sentence says it."""
        key, value = pair.split("=")
        return next(each for each in self.readings if each.key == key).meaning(value)

    def otherwise(self, readings: Readings) -> tuple[Meaning, ...]:
        """What those of `readings` mean that are not the default."""
        return tuple(self.meaning(f"{key}={value}") for key, value in self.not_default(readings).items())

    def not_default(self, readings: Readings) -> dict[str, str]:
        """Those of `readings` that are not the default."""
        return {key: value for key, value in readings.values if value != self.defaults[key]}

    # ---------------------------------------------------------------------------------------- rules and citations

    @cached_property
    def jurisdictions(self) -> Mapping[str, Jurisdiction]:
        """The jurisdictions by id."""
        from review_clock.law import jurisdictions

        return jurisdictions.load(self._table("jurisdictions.toml"))

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        """Offices and Parties by id."""
        from review_clock.law import rules

        return rules.load_actors(self._table("actors.toml"))

    def actor(self, identity: str) -> Actor:
        """An office by its id; a name that a user gave in its author's own words."""
        from review_clock.law.rules import Actor

        return self.actors.get(identity) or Actor(name=same_in_all(identity), who_kind="own")

    @cached_property
    def catalogue(self) -> Catalogue:
        """The rules, and what was left out and why."""
        from review_clock.law import rules

        if self.known_on is None:
            return rules.load(self._table("deadlines.toml"), self.actors, self.readings, self.jurisdictions)
        return self._whole.catalogue.as_known_on(self.known_on)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of the law, without the user's own."""
        return self.catalogue.rules

    @property
    def rules_of_cases(self) -> tuple[Rule, ...]:
        """The rules that are counted from a day of each case, those too of which the day of knowledge knew nothing."""
        return tuple(rule for rule in self._whole.rules if rule.counted_from == "case")

    @cached_property
    def not_covered(self) -> tuple[NotCovered, ...]:
        """What is not in the calendar, and why."""
        from review_clock.law import not_covered

        return not_covered.load(self._table("not_covered.toml"))

    @cached_property
    def _texts(self) -> Authorities:
        from review_clock.law import authority

        return authority.load(self._table("authorities.toml"))

    @cached_property
    def authorities(self) -> Authorities:
        """The pinpoints that rules, transitions and readings cite, each as it is known."""
        return self._whole._texts.as_known_on(self.known_on)


@cache
def _shipped() -> Law:
    folder = os.path.dirname(__file__)
    return Law(texts=tuple((name, text_of(os.path.join(folder, name))) for name in FILES))
