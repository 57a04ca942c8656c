"""Every feed, in three states of the law, through the readers that calendars in use are built on.

libical (GNOME, KDE), ruby-icalendar, sabre/vobject (Nextcloud, Baikal) and Home Assistant's `ical` must each find the
events that the product's deadlines say: as many, the same start, title, status and alarms.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from ical.calendar_stream import IcsCalendarStream
from icalendar import vDuration

from tests.feeds.published import Facts, facts, in_every_language, in_other_states, of_deadlines, written

READERS = Path(__file__).parent / "readers"
LINK_IS_NEW = "Parse error in property name: LINK"
"""What libical says of each LINK, a property of RFC 9253 younger than it; it reads the event all the same."""
NO_DEADLINE = ("changed.", "reminder-", "standing.")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Facts]:
    """What each file must be read as, by file: of its deadlines what the product says, of the rest the bytes."""
    folder = tmp_path_factory.mktemp("matrix")
    feeds = {**in_every_language(folder), **in_other_states()}
    found = {}
    for path, data in written(feeds, folder).items():
        rest = {key: each for key, each in facts(data).items() if key.startswith(NO_DEADLINE)}
        found[path] = of_deadlines(feeds[path.name]) | rest
    return found


def _comparable(found: Facts) -> Facts:
    """The wall clock of a start as iCalendar writes it: each reader has a zone of its own way."""
    return {key: (re.sub("[-:]", "", day[:19]), *rest) for key, (day, *rest) in found.items()}  # type: ignore[misc]


def _days(trigger: int | str) -> float:
    length = vDuration.from_ical(trigger) if isinstance(trigger, str) else timedelta(seconds=trigger)
    return length / timedelta(days=1)


def _facts_of(events: list[dict[str, Any]]) -> Facts:
    assert len(events) == len({each["uid"] for each in events})
    rows = {each["uid"]: (each["start"], each["summary"], each["status"], each["alarms"]) for each in events}
    return {key: (day, title, status, tuple(map(_days, alarms))) for key, (day, title, status, alarms) in rows.items()}


@pytest.fixture
def read(tool: Callable[[str, str], str]) -> Callable[..., Any]:
    """A reader in another language over all files, or a skip that says what Debian calls it."""

    def done(program: str, script: str, package: str, paths: list[Path]) -> Any:
        command = [tool(program, f"apt-get install {package}"), str(READERS / script)]
        if subprocess.run(command, capture_output=True, check=False).returncode:  # no file: only whether it runs
            tool(package.split()[0], f"apt-get install {package}")
        ran = subprocess.run([*command, *map(str, paths)], capture_output=True, check=True, timeout=60)
        return json.loads(ran.stdout)

    return done


def test_there_is_something_to_agree_on(published: dict[Path, Facts]) -> None:
    counts = {path.name: len(found) for path, found in published.items()}
    assert counts["everything.en.ics"] > 150
    assert counts["everything.notice.es.ics"] > counts["everything.es.ics"] - 10
    assert counts["everything.extended.fr.ics"] > counts["everything.fr.ics"] + 50
    said = {status for found in published.values() for _start, _title, status, _alarms in found.values()}
    assert said == {"CONFIRMED", "TENTATIVE", "CANCELLED"}
    assert sum(len(alarms) for found in published.values() for *_rest, alarms in found.values()) > 1_000


def test_icalendar_reads_what_the_deadlines_say(published: dict[Path, Facts]) -> None:
    for path, expected in published.items():
        assert _comparable(facts(path.read_bytes())) == _comparable(expected), path.name


@pytest.mark.parametrize(
    ("program", "script", "package", "tolerated"),
    [
        ("/usr/bin/python3", "read_with_libical.py", "gir1.2-ical-3.0 python3-gi", {LINK_IS_NEW}),
        ("ruby", "read_with_ruby.rb", "ruby-icalendar ruby", set()),
        ("php", "read_with_sabre.php", "php-sabre-vobject php-cli php-mbstring php-xml", set()),
    ],
    ids=["libical", "ruby-icalendar", "sabre/vobject"],
)
def test_a_reader_in_another_language_reads_the_same(
    program: str, script: str, package: str, tolerated: set[str], published: dict[Path, Facts], read: Callable[..., Any]
) -> None:
    theirs = read(program, script, package, list(published))
    for path, expected in published.items():
        assert _comparable(_facts_of(theirs[str(path)]["events"])) == _comparable(expected), path.name
        assert set(theirs[str(path)]["errors"]) <= tolerated, path.name


def test_home_assistant_reads_the_same(published: dict[Path, Facts]) -> None:
    for path, expected in published.items():
        calendar = IcsCalendarStream.calendar_from_ics(path.read_bytes().decode("utf-8"))
        assert len(calendar.events) == len(expected), path.name
        theirs: Facts = {
            str(each.uid): (
                each.dtstart.isoformat(),
                str(each.summary),
                str(each.status.value) if each.status else "",
                tuple(alarm.trigger / timedelta(days=1) for alarm in each.alarm),
            )
            for each in calendar.events
        }
        assert _comparable(theirs) == _comparable(expected), path.name
