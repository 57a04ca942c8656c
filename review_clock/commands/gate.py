"""The publish gate on the command line: what a publication would take back, and of which site."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

import click

from review_clock.files import Error, Phrase

if TYPE_CHECKING:
    from review_clock.commands.options import Settings
    from review_clock.site.publish_gate import GoingBack
    from review_clock.words.wording import Wording


def say_going_back(found: Iterable[GoingBack], words: Wording) -> None:
    """What a publication would take back, a line each, where errors are said."""
    for each in found:
        what = words(f"going_back.{each.what}", file=each.file, of=each.of)
        click.echo(f"{words('check.error')}{words.colon} {what}", err=True)


def what_goes_back(settings: Settings, as_of: date, place: str, include_own: bool) -> tuple[GoingBack, ...]:
    """What publishing the site of a day would take back of that which is published in a folder, or at an address."""
    from review_clock.site.build import plan
    from review_clock.site.material import Material
    from review_clock.site.publish_gate import address_in, going_back, is_document, is_feed, published_at, published_in

    question, remote = settings.ask(as_of, ()), place.startswith(("http://", "https://"))
    if not remote and not os.path.isdir(place):
        raise Error(
            Phrase("{name}: {value!r} is not a published site", name="--against", value=place),
            "a folder, or an address",
        )
    given = settings.feeds(question)

    def makers(base_url: str) -> dict[str, Callable[[], bytes]]:
        parts = plan(Material(question=question, base_url=base_url, feeds=given, include_own=include_own))
        return {name: make for name, make in parts.items() if is_feed(name) or is_document(name)}

    old = published_at(place, makers("")) if remote else published_in(place)
    address = place.rstrip("/") if remote else address_in(data for name, data in old.items() if is_feed(name))
    return going_back(old, {name: make() for name, make in makers(address).items() if name in old})
