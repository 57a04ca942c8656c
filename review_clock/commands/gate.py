"""The publish gate on the command line: what a publication would take back, and of which site."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

import click

from review_clock.files import WEB, Error, Phrase

if TYPE_CHECKING:
    from review_clock.commands.options import Settings
    from review_clock.site.publish_gate import GoingBack
    from review_clock.words.wording import Wording


def say_going_back(found: Iterable[GoingBack], words: Wording) -> None:
    """What a publication would take back, a line each, where errors are said."""
    for each in found:
        what = words(f"going_back.{each.what}", file=each.file, of=each.of)
        click.echo(f"{words('check.error')}{words.colon} {what}", err=True)


def _published(place: str, names: Iterable[str], option: str) -> dict[str, bytes]:
    """Those of the files `names` that a site has, in a folder or at an address. Raises `Error` for a folder without."""
    from review_clock.site.publish_gate import published_at, published_in

    if place.startswith(WEB):
        return published_at(place, names)
    if not os.path.isdir(place):
        wrong = Phrase("{name}: {value!r} is not a published site", name=option, value=place)
        raise Error(wrong, "a folder, or an address")
    return published_in(place)


def changes_to_follow(place: str) -> bytes:
    """The list of changes of a published site, in a folder or at an address; nothing where it has none."""
    from review_clock.site.changes_of_dates import FILE

    return _published(place, [FILE], "--follow").get(FILE, b"")


def what_goes_back(settings: Settings, as_of: date, place: str, include_own: bool) -> tuple[GoingBack, ...]:
    """What publishing the site of a day would take back of that which is published in a folder, or at an address."""
    from review_clock.site.build import plan
    from review_clock.site.changes_of_dates import FILE
    from review_clock.site.material import Material
    from review_clock.site.publish_gate import address_in, going_back, is_document, is_feed

    question, remote = settings.ask(as_of, ()), place.startswith(WEB)
    given = settings.feeds(question)

    def makers(base_url: str, before: bytes = b"") -> dict[str, Callable[[], bytes]]:
        material = Material(
            question=question, base_url=base_url, feeds=given, include_own=include_own, published_changes=before
        )
        parts = plan(material)
        return {name: make for name, make in parts.items() if is_feed(name) or is_document(name)}

    old = _published(place, makers(""), "--against")
    address = place.rstrip("/") if remote else address_in(data for name, data in old.items() if is_feed(name))
    made = makers(address, old.get(FILE, b""))
    return going_back(old, {name: make() for name, make in made.items() if name in old})
