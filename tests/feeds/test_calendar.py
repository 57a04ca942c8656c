"""The feeds: identity, bytes, two independent parsers, hostile text, and what a subscriber sees over time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import vobject
from click.testing import Result
from icalendar import Calendar

from review_clock.feeds.calendar import calendar_of, carried, contents, news_day, one_event
from review_clock.feeds.definition import load, shipped
from review_clock.feeds.described import one_line
from review_clock.feeds.events import Events, uid
from review_clock.files import LANGUAGES, parsed
from review_clock.formats.cited import published
from review_clock.questions.question import Question
from review_clock.record.ledger import from_table, merged
from review_clock.scenarios.library import plan_of_lines
from review_clock.words.wording import wording
from tests.frozen import LAW, RECORD, deadlines, question

AS_OF = date(2026, 11, 23)
FEEDS = shipped(LAW)


def _question(as_of: date, extra: str = "") -> Question:
    return question(as_of, record=merged([RECORD, from_table(parsed(extra, "mine.toml"))]) if extra else RECORD)


def _feed(lang: str = "en", as_of: date = AS_OF, extra: str = "", name: str = "everything") -> bytes:
    asked = _question(as_of, extra)
    return carried(FEEDS[name], asked, wording(lang), "https://example.org/clock").calendar()


def _all(data: bytes) -> dict[str, Any]:
    return {str(event["UID"]): event for event in Calendar.from_ical(data).walk("VEVENT")}


def _events(data: bytes) -> dict[str, Any]:
    """The events that stand for deadlines, and their reminders."""
    return {key: event for key, event in _all(data).items() if not key.startswith(("changed.", "standing."))}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_selected_deadline_is_there_once_on_its_date_and_nothing_else(lang: str) -> None:
    words, day = wording(lang), news_day(RECORD, AS_OF)
    chosen = contents(FEEDS["everything"], deadlines(RECORD, day), RECORD, day)
    events = _events(_feed(lang))
    assert {uid(each.id, words): each.date for each in chosen} == {k: e.decoded("DTSTART") for k, e in events.items()}
    assert len(Calendar.from_ical(_feed(lang)).walk("VEVENT")) == len(_all(_feed(lang)))


def test_the_uid_holds_no_date_and_is_its_own_in_each_language() -> None:
    uids = [set(_events(_feed(lang))) for lang in LANGUAGES]
    assert not uids[0] & uids[1]
    for each in uids[0]:
        assert not re.search(r"20\d\d", each)


def test_all_day_events_are_dates_with_an_exclusive_end() -> None:
    for event in _events(_feed()).values():
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        assert type(start) is date
        assert end == start + timedelta(days=1)
        assert event["DTSTART"].params["VALUE"] == "DATE"
        assert str(event["TRANSP"]) == "TRANSPARENT"


def test_the_description_says_who_under_what_how_counted_and_how_far_verified() -> None:
    text = str(_events(_feed())["us.611.annual-report.1-2.en@review-clock"]["DESCRIPTION"])
    for part in ("19 U.S.C. 4611(c)(1)", "United States Trade Representative", "count 70 days back", "2027-04-22",
                 "April 21, 2027", "Record verified to October 8, 2026", "not legal advice"):  # fmt: skip
        assert part in text


MOVED = """
[[event]]
id = "own-1"
on = 2026-12-01
act = "review_scheduled"
day = 2027-06-10
text = "The day was set."
[[event.source]]
title = "Joint statement"
"""


def test_time_alone_changes_no_byte_and_news_raises_the_sequence() -> None:
    assert _feed(as_of=date(2026, 11, 23)) == _feed(as_of=date(2026, 12, 20)) == _feed(as_of=date(2028, 1, 1))
    before = _events(_feed())["treaty.review.annual.1-2.en@review-clock"]
    after = _events(_feed(as_of=date(2026, 12, 2), extra=MOVED))["treaty.review.annual.1-2.en@review-clock"]
    assert after.decoded("DTSTART") == date(2027, 6, 10)
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after.decoded("DTSTAMP") > before.decoded("DTSTAMP")


EXTENDED = "".join(
    f"""
[[event]]
id = "own-{party}"
on = 2027-07-01
act = "confirmation"
party = "{party}"
text = "Confirmed."
[[event.source]]
title = "Letter"
"""
    for party in ("ca", "mx", "us")
)


HOSTILE = 'x\r\nBEGIN:VEVENT\nUID:evil\nEND:VEVENT; , \\ "quoted" \u202e \U0001f600 <script> ' + "é" * 10_000


def test_hostile_text_stays_text_in_one_property() -> None:
    import json

    extra = f"""
[[announced]]
id = "own-date"
on = 2027-02-02
known_on = 2026-11-01
deadline = "own.date"
jurisdiction = "us"
kind = "comment"
actor = "public"
title = {json.dumps(HOSTILE, ensure_ascii=False)}
text = {json.dumps(HOSTILE, ensure_ascii=False)}
[[announced.source]]
title = {json.dumps(HOSTILE, ensure_ascii=False)}
"""
    data = _feed(extra=extra)
    events = _events(data)
    assert len(events) == len(_events(_feed())) + 1
    assert str(events["own.date.en@review-clock"]["SUMMARY"]) == f"USMCA/US 2027: {one_line(HOSTILE)}"
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert vobject.readOne(data.decode("utf-8")).validate(raiseException=True)


def test_a_time_of_day_has_its_zone() -> None:
    extra = """
[[announced]]
id = "own-time"
on = 2027-02-02
time = "23:59"
zone = "America/New_York"
known_on = 2026-11-01
deadline = "own.time"
jurisdiction = "us"
kind = "comment"
actor = "public"
title = "Comments close"
text = "At 11:59 p.m. Eastern."
[[announced.source]]
title = "Notice"
"""
    data = _feed(extra=extra)
    event = _events(data)["own.time.en@review-clock"]
    assert event.decoded("DTSTART").isoformat() == "2027-02-02T23:59:00-05:00"
    assert b"BEGIN:VTIMEZONE" in data
    assert b"DTSTART;TZID=America/New_York:20270202T235900" in data


def test_alarms_are_where_the_definition_puts_them() -> None:
    events = _events(_feed())
    review = events["treaty.review.annual.1-2.en@review-clock"]
    nine = timedelta(hours=9)  # in the morning of that day, and the event begins at midnight
    assert [a.decoded("TRIGGER") - nine for a in review.walk("VALARM")] == [timedelta(days=-n) for n in (30, 7, 1)]
    assert str(review.walk("VALARM")[0]["DESCRIPTION"]).startswith("In 30 days: USMCA 2027")
    (steel,) = events["origin.steel.en@review-clock"].walk("VALARM")
    assert steel.decoded("TRIGGER") == timedelta(days=-30, hours=9)
    assert events["treaty.review.six-year.1-1.en@review-clock"].walk("VALARM") == []


def test_a_feed_of_scheduled_dates_alone_still_cancels_what_an_act_removed() -> None:
    text = 'title = "T"\ndescription = "D"\ncolour = "teal"\n[choose]\ncertainty = ["scheduled"]\n[alarms]\n'
    definition = load(parsed(text, "own.toml"), "own", LAW)
    data = carried(definition, _question(date(2027, 7, 2), EXTENDED), wording("en")).calendar()
    statuses = {key: str(event["STATUS"]) for key, event in _events(data).items()}
    assert statuses["treaty.review.annual.1-4.en@review-clock"] == "CANCELLED"
    assert statuses["treaty.term.end.2.en@review-clock"] == "TENTATIVE"


CARRIES = {
    "treaty": "treaty.review.annual.1-2",
    "us-statutory": "us.611.annual-report.1-2",
    "canada": "ca.whey.year-7",
    "mexico": "mx.consultation",
    "origin-rules": "origin.steel",
    "milestones": "treaty.term.end.1",
}


@pytest.mark.parametrize("name", sorted(CARRIES))
def test_each_feed_carries_what_its_name_says_and_nothing_that_everything_lacks(name: str) -> None:
    chosen, whole = set(_events(_feed(name=name))), set(_events(_feed()))
    assert f"{CARRIES[name]}.en@review-clock" in chosen
    assert chosen < whole


NOTICE = """
[[event]]
id = "own-{party}"
on = 2027-01-15
act = "withdrawal_notice"
party = "{party}"
text = "Notice given."
[[event.source]]
title = "Letter"
"""


def test_the_withdrawal_watch_is_empty_until_a_notice_runs() -> None:
    assert _events(_feed(name="withdrawal-watch")) == {}
    (waiting,) = _all(_feed(name="withdrawal-watch")).values()
    assert str(waiting["STATUS"]) == "CONFIRMED"
    assert "nothing is ahead as of October 8, 2026" in str(waiting["SUMMARY"])
    notice = """
[[event]]
id = "own-1"
on = 2027-01-15
act = "withdrawal_notice"
party = "us"
text = "Notice given."
[[event.source]]
title = "Letter"
"""
    events = _events(_feed(name="withdrawal-watch", as_of=date(2027, 1, 20), extra=notice))
    assert events["treaty.withdrawal.effect.us-1.en@review-clock"].decoded("DTSTART") == date(2027, 7, 15)
    running = _all(_feed(name="withdrawal-watch", as_of=date(2027, 1, 20), extra=notice))
    assert str(running["standing.withdrawal-watch.en@review-clock"]["STATUS"]) == "CANCELLED"
    rescinded = notice + notice.replace("own-1", "own-2").replace("2027-01-15", "2027-03-01").replace(
        "withdrawal_notice", "withdrawal_rescinded"
    )
    later = _events(_feed(name="withdrawal-watch", as_of=date(2027, 3, 2), extra=rescinded))
    assert str(later["treaty.withdrawal.effect.us-1.en@review-clock"]["STATUS"]) == "CANCELLED"
    forgotten = _feed(name="withdrawal-watch", as_of=date(2028, 6, 1), extra=rescinded + MUCH_LATER)
    assert _events(forgotten) == {}


MUCH_LATER = """
[[event]]
id = "own-3"
on = 2028-05-01
act = "note"
text = "Later news."
[[event.source]]
title = "Press"
"""


US_LEAVES = {"us.621.all", "us.125e.duties", "us.125e.recommendations"}


@pytest.mark.parametrize("parties", ["us", "ca", "mx", "ca mx", "us ca"])
def test_the_withdrawal_watch_has_every_date_that_a_notice_makes_for_whoever_gives_it(parties: str) -> None:
    notices = "".join(NOTICE.format(party=party) for party in parties.split())
    asked = _question(date(2027, 1, 20), notices)
    watch, whole = (carried(FEEDS[name], asked, wording("en")).chosen for name in ("withdrawal-watch", "everything"))
    made = [each for each in whole if any((c.by, c.what) == ("withdrawal_notice", "appeared") for c in each.changes)]
    assert [(each.id, each.date) for each in watch] == [(each.id, each.date) for each in made]
    assert {each.rule for each in made} >= (US_LEAVES if "us" in parties.split() else {"us.621.country"})


def test_the_milestones_are_a_handful() -> None:
    ahead = [e for e in _events(_feed(name="milestones")).values() if e.decoded("DTSTART") > AS_OF]
    assert len(ahead) == 11  # nine annual reviews, the last day to extend, the end of the term


def test_an_event_is_serialised_once_for_all_feeds_that_carry_it(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    whole = Events._event
    monkeypatch.setattr(Events, "_event", lambda s, d, *rest: calls.append(d.id) or whole(s, d, *rest))
    day = news_day(RECORD, AS_OF)
    found = deadlines(RECORD, day)
    events = Events(LAW, RECORD, wording("en"), "")
    for each in FEEDS.values():
        calendar_of(each, contents(each, found, RECORD, day), events, question(day).status.answer)
    assert max(calls.count(identity) for identity in set(calls)) <= 2  # with and without the note on office days


def test_what_an_entry_did_is_said_on_the_day_it_became_known_and_for_a_year() -> None:
    events = _all(_feed(as_of=date(2027, 7, 2), extra=EXTENDED))
    said = events["changed.own-us.en@review-clock"]
    assert said.decoded("DTSTART") == date(2027, 7, 1)
    assert re.fullmatch(r"USMCA: Confirmation \(United States\) \(cancelled: \d+, new: \d+\)", str(said["SUMMARY"]))
    text = str(said["DESCRIPTION"])
    assert text.startswith("Confirmed.\nSource: Letter\n")
    assert text.count(" fell away") == 10
    assert re.search(r"and \d+ more\n", text)
    assert "https://example.org/clock/en/history.html" in text
    later = _feed(as_of=date(2028, 12, 1), extra=EXTENDED + MUCH_LATER.replace("2028-05-01", "2028-11-01"))
    assert not [key for key in _all(later) if key.startswith("changed.")]
    # What was announced in the year before is told too, with who announced it.
    announced = _all(_feed())["changed.E65d.en@review-clock"]
    assert "announced: Comments due on the 2027 joint review (new: 1)" in str(announced["SUMMARY"])


TAKEN_BACK = (
    NOTICE.format(party="us")
    + """
[[retracted]]
id = "own-us"
on = 2027-02-10
reason = "The letter was a forgery"
"""
)


@pytest.mark.parametrize("name", ["everything", "changes", "withdrawal-watch"])
def test_what_a_retraction_did_is_said_and_the_entry_is_told_still_as_taken_back(name: str) -> None:
    """A client that drops cancelled events hears of the dates that are gone, and no event vanishes without a word."""
    before = _all(_feed(as_of=date(2027, 1, 20), extra=NOTICE.format(party="us"), name=name))
    after = _all(_feed(as_of=date(2027, 2, 20), extra=TAKEN_BACK, name=name))
    assert {key for key in before if key.startswith("changed.own")} == {"changed.own-us.en@review-clock"}
    did, told = after["changed.retracted.own-us.en@review-clock"], after["changed.own-us.en@review-clock"]
    assert (did.decoded("DTSTART"), str(did["STATUS"])) == (date(2027, 2, 10), "CONFIRMED")
    assert str(did["SUMMARY"]) == "USMCA: Entry of the record taken back (cancelled: 6)"
    text = str(did["DESCRIPTION"])
    assert text.startswith("Taken back on February 10, 2027: The letter was a forgery\nNotice given.\n")
    assert "Withdrawal takes effect: July 15, 2027 fell away" in text
    assert (told.decoded("DTSTART"), str(told["STATUS"])) == (date(2027, 1, 15), "CANCELLED")
    assert str(told["SUMMARY"]) == (
        "CANCELLED: USMCA: Notice of withdrawal (United States) (taken back on February 10, 2027: The letter was a "
        "forgery)"
    )
    assert " fell away" not in str(told["DESCRIPTION"])
    for stamp in ("LAST-MODIFIED", "DTSTAMP"):
        assert told.decoded(stamp) > before["changed.own-us.en@review-clock"].decoded(stamp)
    assert int(told["SEQUENCE"]) > int(before["changed.own-us.en@review-clock"]["SEQUENCE"])
    assert not any(
        key.startswith("changed.own")
        for key in _all(_feed(as_of=date(2028, 6, 1), extra=TAKEN_BACK + MUCH_LATER, name=name))
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_retraction_did_to_what_was_announced_is_said_in_every_language(lang: str) -> None:
    back = '[[retracted]]\nid = "E65d"\non = 2026-11-20\nreason = "Read wrongly"\n'
    found, words = _all(_feed(lang, extra=back)), wording(lang)
    gone = words("ledger.retracted", day=words.day(date(2026, 11, 20)), reason="Read wrongly")
    assert gone in str(found[f"changed.E65d.{lang}@review-clock"]["SUMMARY"])
    assert words("feed.count_vanished", n="1") in str(found[f"changed.retracted.E65d.{lang}@review-clock"]["SUMMARY"])


def test_a_feed_of_changes_alone_carries_no_date() -> None:
    found = _all(_feed(name="changes", as_of=date(2027, 7, 2), extra=EXTENDED))
    assert found
    assert all(key.startswith(("changed.", "standing.")) for key in found)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "USMCA: what changed: nothing in the year to May 1, 2028"),
        ("es", "T-MEC: qué cambió: nada en el año hasta el 1 de mayo de 2028"),
        ("fr", "ACEUM : ce qui a changé : rien dans l’année jusqu’au 1er mai 2028"),
    ],
)
def test_a_feed_of_changes_without_any_says_that_and_not_that_nothing_is_ahead(lang: str, said: str) -> None:
    (event,) = _all(_feed(lang, as_of=date(2028, 6, 1), extra=MUCH_LATER, name="changes")).values()
    assert str(event["SUMMARY"]).replace("\u00a0", " ") == said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_feed_of_changes_is_refused_as_a_table_in_one_line(run: Callable[..., Result], lang: str) -> None:
    refused = run("--lang", lang, "feed", "changes", "--format", "csv")
    assert (refused.exit_code, refused.stdout, len(refused.stderr.splitlines())) == (2, "", 1)
    assert "--format ics" in refused.stderr
    assert run("--lang", lang, "feed", "changes").exit_code == 0


def test_the_title_says_whose_it_is_of_which_year_and_whether_it_stands() -> None:
    before = _events(_feed())
    assert str(before["treaty.review.annual.1-2.en@review-clock"]["SUMMARY"]) == (
        "USMCA 2027: Annual joint review (day not announced)"
    )
    after = _events(_feed("es", as_of=date(2027, 7, 2), extra=EXTENDED))
    title = str(after["us.611.notice.1-3.es@review-clock"]["SUMMARY"])
    assert title.startswith("CANCELADA: T-MEC/EE. UU. 2028: ")
    moved = _events(_feed("fr", as_of=date(2026, 12, 2), extra=MOVED))
    assert str(moved["us.611.notice.1-2.fr@review-clock"]["SUMMARY"]).startswith(
        "ACEUM/É.-U. 2027\u00a0: "
    )  # it is past
    assert str(moved["us.611.annual-report.1-2.fr@review-clock"]["SUMMARY"]).startswith(
        "DÉPLACÉE\u00a0: ACEUM/É.-U. 2027"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("extra", ["", "moved", "extended"])
def test_a_description_answers_first_in_eight_lines_and_ends_with_its_own_page(lang: str, extra: str) -> None:
    more = {"": "", "moved": MOVED, "extended": EXTENDED}[extra]
    day = date(2027, 7, 2) if extra == "extended" else date(2026, 12, 2)
    for key, event in _events(_feed(lang, as_of=day, extra=more)).items():
        lines = str(event["DESCRIPTION"]).split("\n")
        assert len(lines) <= 8, key
        page = f"https://example.org/clock/{lang}/deadlines/{key.rpartition(f'.{lang}@')[0]}.html"
        assert lines[-1].endswith(page)
        assert event["URL"] == page
        cancelled = str(event["STATUS"]) == "CANCELLED"
        assert wording(lang).day(event.decoded("DTSTART")) in " ".join(lines[:2] if cancelled else lines[:1]), key
        assert not re.search(r"[a-z]+_[a-z_]+=", str(event["DESCRIPTION"])), key


def test_a_file_is_no_message_and_says_in_which_language_it_is() -> None:
    data = _feed("es").decode()
    head = data.partition("BEGIN:VEVENT")[0]
    assert "METHOD" not in data
    assert "\nUID" not in head
    assert "PRODID:-//Review Clock//Review Clock " in head
    assert head.partition("PRODID:")[2].partition("\r\n")[0].endswith("//ES")
    for event in Calendar.from_ical(data).walk("VEVENT"):
        assert event["SUMMARY"].params["LANGUAGE"] == event["DESCRIPTION"].params["LANGUAGE"] == "es-MX"


def test_an_event_links_the_texts_that_it_rests_on() -> None:
    event = _events(_feed())["us.611.annual-report.1-2.en@review-clock"]
    (first, *_), deadline = event["LINK"], question(AS_OF).explain("us.611.annual-report.1-2")
    assert str(first) == deadline.authority[0].url
    assert first.params["LABEL"] == "19 U.S.C. 4611(c)(1)"
    assert first.params["LINKREL"] == "describedby"


def test_a_copy_of_one_date_says_that_it_does_not_follow_the_law_and_rings() -> None:
    events = Events(LAW, RECORD, wording("en"), "https://example.org")
    data = one_event(question(AS_OF).explain("us.611.annual-report.1-2"), events, published(question(AS_OF)))
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(event["DESCRIPTION"]).startswith("A copy of one date: it does not follow the law.")
    assert [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")] == [timedelta(days=-7, hours=9)]
    assert b"CALSCALE:GREGORIAN" in data
    assert b"NAME;LANGUAGE=en-US:USMCA/US 2027: Report" in data


def test_reminders_as_events_stand_in_place_of_alarms() -> None:
    text = 'title = "T"\ndescription = "D"\ncolour = "teal"\nreminders = "events"\n[choose]\n[alarms]\ndefault = [7]\n'
    definition = load(parsed(text, "own.toml"), "own", LAW)
    data = carried(definition, _question(AS_OF), wording("en")).calendar()
    assert b"VALARM" not in data
    title = str(_events(data)["reminder-7.treaty.review.annual.1-2.en@review-clock"]["SUMMARY"])
    assert title == "In 7 days: USMCA 2027: Annual joint review (day not announced)"


@pytest.mark.parametrize("name", ["business-reminders", "milestones-reminders", "us-statutory-reminders"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_reminder_is_as_sure_as_its_date_and_says_so(name: str, lang: str) -> None:
    """Its status, and beside the day how it is known, how sure it is and what it hangs on, as its event has them."""
    found, hangs = _events(_feed(lang, name=name)), wording(lang)("feed.condition", text="").rstrip(".")
    for key in (key for key in found if key.startswith("reminder-")):
        own, reminder = found[key.removeprefix("reminder-").split(".", 1)[1]], found[key]
        assert reminder["STATUS"] == own["STATUS"]
        if own["STATUS"] != "CANCELLED":  # that one says first why it is gone
            when, *rest = str(own["DESCRIPTION"]).splitlines()
            shown = [when, *(line for line in rest if hangs in line)]
            assert set(shown) <= set(str(reminder["DESCRIPTION"]).splitlines())


@pytest.mark.parametrize("name", sorted(FEEDS))
def test_in_a_feed_of_a_hypothesis_nothing_is_confirmed(name: str) -> None:
    plan = plan_of_lines(["2028-07-01 all confirm"])
    data = carried(FEEDS[name], question(AS_OF, plan=plan), wording("en")).calendar()
    assert {str(event["STATUS"]) for event in _all(data).values()} <= {"TENTATIVE"}


@pytest.mark.parametrize("name", ["mexico", "canada"])
def test_the_feed_of_a_party_carries_what_the_agreement_itself_asks(name: str) -> None:
    assert "treaty.review.annual.1-2.en@review-clock" in _events(_feed(name=name))


def test_a_cancelled_event_is_kept_for_a_year_after_what_cancelled_it_became_known() -> None:
    known = date(2029, 3, 15)
    found = question(AS_OF, plan=plan_of_lines([f"{known} all confirm"])).all_deadlines
    gone = next(each for each in found if each.superseded_by is not None and each.superseded_by.on == known)
    for days, kept in ((366, True), (367, False)):
        assert (gone in contents(FEEDS["everything"], [gone], RECORD, known + timedelta(days=days))) is kept


def test_what_is_prepared_with_reminders_as_events_chooses_what_its_twin_does() -> None:
    prepared = [name for name, each in FEEDS.items() if each.reminders == "events"]
    assert prepared == ["business-reminders", "milestones-reminders", "us-statutory-reminders"]
    for name in prepared:
        twin = FEEDS[name.removesuffix("-reminders")]
        assert FEEDS[name].selection == twin.selection
        assert twin.reminders == "alarms"
        data = _feed(name=name)
        assert b"VALARM" not in data
        found, ours = _events(data), _events(_feed(name=twin.name))
        assert {key for key in found if not key.startswith("reminder-")} == set(ours)
        for key in found.keys() - ours.keys():
            days, identity = key.removeprefix("reminder-").split(".", 1)
            assert found[key].decoded("DTSTART") == ours[identity].decoded("DTSTART") - timedelta(days=int(days))
            assert found[key].decoded("DTSTART").year >= 2026


def test_the_feed_of_businesses_holds_what_they_do_themselves_and_no_duty_of_a_government() -> None:
    found = {each.id: each.who_kind for each in carried(FEEDS["business"], question(AS_OF), wording("en")).chosen}
    assert {"us.comments.1-2", "ca.whey.year-7", "origin.steel"} <= found.keys()
    assert set(found.values()) == {"importer", "producer", "public"}
