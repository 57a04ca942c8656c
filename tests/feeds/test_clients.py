"""Every feed in every language through parsers and clients of others: Python, JavaScript, C, and a CalDAV server.

vobject, ics and ical.js judge, as icalendar does; node-ical, calcurse and khal are lenient clients. All must find the
same events: date, summary, status and alarms, as far as each of them tells.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject
from icalendar import Calendar
from ics import Calendar as IcsCalendar

from review_clock.feeds.definition import Definition, load
from review_clock.files import LANGUAGES, parsed, same_in_all
from tests.feeds.published import FEEDS, FIRM, HOSTILE, Facts, facts, in_every_language, written
from tests.feeds.subscribers import radicale
from tests.frozen import LAW

BROWSER = Path(__file__).parents[1] / "browser"


@pytest.fixture(scope="module")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, bytes]:
    """The bytes of every feed in every language, a firm's hostile one and one of a scenario among them, by file."""
    folder = tmp_path_factory.mktemp("feeds")
    return written(in_every_language(folder), folder)


def _day(value: date | datetime) -> str:
    return value.isoformat()


def test_there_is_something_to_agree_on(feeds: dict[Path, bytes]) -> None:
    assert len(feeds) == (len(FEEDS) + 2) * len(LANGUAGES)
    counts = {path.name: len(facts(data)) for path, data in feeds.items()}
    assert counts["everything.en.ics"] > 150
    assert all(counts.values())  # where nothing is ahead, an entry says so
    assert counts["withdrawal-watch.fr.ics"] == 1
    own = facts(feeds[next(path for path in feeds if path.name == "acme.fr.ics")])
    assert own["own.time.fr@review-clock"][0] == "2027-02-02T23:59:00-05:00"
    assert own["acme.brief.1-2.fr@review-clock"][0] == "2027-05-17"
    assert own["reminder-10.acme.brief.1-2.fr@review-clock"][0] == "2027-05-07"


def test_the_raw_bytes(feeds: dict[Path, bytes]) -> None:
    for path, data in feeds.items():
        assert data.endswith(b"END:VCALENDAR\r\n"), path.name
        for line in data.split(b"\r\n"):
            assert b"\n" not in line, path.name
            assert b"\r" not in line, path.name
            assert len(line) <= 75, path.name
            line.decode("utf-8")
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", data), path.name
        assert data.count(b"\r\nBEGIN:VEVENT\r\n") == len(facts(data)), path.name


def test_the_python_judges_agree(feeds: dict[Path, bytes]) -> None:
    for path, data in feeds.items():
        ours, text = facts(data), data.decode("utf-8")
        assert Calendar.from_ical(data).errors == []
        calendar = vobject.readOne(text)
        assert calendar.validate(raiseException=True)
        by_vobject = {
            e.uid.value: (
                _day(e.dtstart.value),
                e.summary.value,
                e.status.value,
                tuple(a.trigger.value / timedelta(days=1) for a in getattr(e, "valarm_list", [])),
            )
            for e in getattr(calendar, "vevent_list", [])
        }
        assert by_vobject == ours, path.name
        if ".en." not in path.name and not path.name.startswith("acme."):
            continue  # the slowest judge
        by_ics = {
            e.uid: (
                _day(e.begin.date() if e.all_day else e.begin.datetime),
                e.name,
                e.status,
                tuple(sorted(alarm.trigger / timedelta(days=1) for alarm in e.alarms)),
            )
            for e in IcsCalendar(text).events
        }
        assert by_ics == {k: (d, s, t, tuple(sorted(a))) for k, (d, s, t, a) in ours.items()}, path.name


def test_the_javascript_readers_agree(feeds: dict[Path, bytes], tool: Callable[[str, str], str]) -> None:
    node = tool("node", "it runs the readers in JavaScript")
    if not (BROWSER / "node_modules").is_dir():
        tool("ical.js", "npm ci in tests/browser installs it")
    command = [node, str(BROWSER / "read_ics.mjs"), *map(str, feeds)]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    for path, data in feeds.items():
        for reader in ("ical.js", "node-ical"):
            events = found[str(path)][reader]
            theirs = {e["uid"]: (e["summary"], e["status"], tuple(e["alarms"])) for e in events}
            assert theirs == {k: tuple(rest) for k, (_day, *rest) in facts(data).items()}, (path.name, reader)
            assert len(events) == len(theirs), (path.name, reader)
            days = {e["uid"]: e["start"] for e in events if "T" not in e["start"]}
            assert days == {k: d for k, (d, *_rest) in facts(data).items() if "T" not in d}, (path.name, reader)
            # 23:59 Eastern: ical.js says the wall clock of the zone, node-ical the same instant in UTC.
            timed = {e["start"] for e in events if "T" in e["start"]}
            assert timed <= {"2027-02-02T23:59:00", "2027-02-03T04:59:00.000Z"}, (path.name, reader)


# An all-day event on the day on which the clocks go back, 25 hours long, it takes for one that recurs until that day.
APPOINTMENT = re.compile(
    r"(\d\d)/(\d\d)/(\d{4}) (?:\[1\](?: \{1D -> [\d/]+\})?| ?@ \S+ -> \S+ @ \d\d:\d\d) ?>[0-9a-f]{40} ?[!|]?(.*)"
)


def test_calcurse_agrees(feeds: dict[Path, bytes], tool: Callable[[str, str], str], tmp_path: Path) -> None:
    calcurse = tool("calcurse", "a calendar client in C")
    for path, data in feeds.items():
        folder = tmp_path / path.stem
        folder.mkdir()
        command = [calcurse, "-D", folder, "-C", folder, "-i", path]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "TZ": "America/New_York"})
        found = [APPOINTMENT.fullmatch(line) for line in (folder / "apts").read_text(encoding="utf-8").splitlines()]
        assert all(found), path.name
        theirs = sorted((f"{f[3]}-{f[1]}-{f[2]}", " ".join(f[4].split())) for f in found if f)
        assert theirs == sorted((d[:10], " ".join(s.split())) for d, s, _status, _alarms in facts(data).values()), (
            path.name
        )


def test_khal_agrees(feeds: dict[Path, bytes], tool: Callable[[str, str], str], tmp_path: Path) -> None:
    khal = tool("khal", "a calendar client over files")
    home = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "TZ": "America/New_York"}
    chosen = ("everything.en.ics", "hypothesis.es.ics", "acme.fr.ics")  # it takes seconds for each
    for path in (path for path in feeds if path.name in chosen):
        store, config = tmp_path / path.stem, tmp_path / f"{path.stem}.conf"
        store.mkdir()
        formats = "\n".join(f"{key} = %Y-%m-%d" for key in ("dateformat", "longdateformat"))
        times = "\n".join(f"{key} = %Y-%m-%d %H:%M" for key in ("datetimeformat", "longdatetimeformat"))
        config.write_text(f"[calendars]\n[[a]]\npath = {store}\n[locale]\ntimeformat = %H:%M\n{formats}\n{times}\n")
        base = [khal, "-c", str(config)]
        subprocess.run([*base, "import", "--batch", "-a", "a", path], env=home, check=True, capture_output=True)
        form = "EVENT {uid}|{start-date}|{status}|{alarm-symbol}"
        asked = [*base, "list", "--day-format", "", "--format", form, "2020-01-01", "20000d"]
        out = subprocess.run(asked, env=home, check=True, capture_output=True, text=True).stdout
        rows = [line.removeprefix("EVENT ").split("|") for line in out.splitlines() if line.startswith("EVENT ")]
        ours = {(k, d[:10], t, bool(a)) for k, (d, _s, t, a) in facts(feeds[path]).items()}
        theirs = {(k, d, t.strip(), bool(a.strip())) for k, d, t, a in rows}
        assert theirs == ours, path.name


@pytest.fixture
def principal(tmp_path: Path) -> Iterator[Any]:
    """Somebody with calendars on a Radicale server over an empty store."""
    import caldav

    with radicale(tmp_path) as server:
        client: Any = caldav.DAVClient(url=server, username="lawyer", password="")
        yield client.principal()


def test_a_caldav_server_gives_back_what_it_was_given(feeds: dict[Path, bytes], principal: Any) -> None:
    for path, data in feeds.items():
        if ".en." not in path.name and not path.name.startswith(("acme.", "hypothesis.")):
            continue
        calendar = principal.make_calendar(name=path.stem, cal_id=path.stem)
        kind = {"Content-Type": "text/calendar; charset=utf-8"}
        answer = principal.client.request(str(calendar.url), "PUT", data.decode(), kind)
        assert answer.status in (201, 204), (path.name, answer.status)
        theirs: Facts = {}
        for each in calendar.events():
            theirs.update(facts(each.data.encode()))
        assert theirs == facts(data), path.name


def test_a_definition_can_be_made_in_fewer_languages() -> None:
    only = FIRM.partition("[[firm]]")[0].replace('colour = "teal"', 'colour = "teal"\nlanguages = ["es"]')
    definition: Definition = load(parsed(only, "acme.toml"), "acme", LAW)
    assert definition.languages == ("es",)
    assert definition.title == same_in_all(HOSTILE)
