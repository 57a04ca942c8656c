"""Two people's files as one record: what both say counts once, what each adds is kept, and what differs is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from review_clock import ask
from review_clock.files import BadData
from review_clock.record.ledger_rows import rows_of
from review_clock.site.own_dates import without_own
from tests.frozen import LAW, RECORD

Run = Callable[..., Result]
File = Callable[..., Path]
NOTICE = """
[[event]]
id = "{id}"
on = 2026-11-20
act = "withdrawal_notice"
party = "us"
text = "Notice."
{more}
[[event.source]]
title = "{source}"
"""


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of one's own."""

    def file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return file


def _notice(identity: str = "own-a", source: str = "A letter", more: str = "") -> str:
    return NOTICE.format(id=identity, source=source, more=more)


# ------------------------------------------------------------------------------------------------ names of the files


def test_a_file_that_is_given_twice_counts_once(file: File, tmp_path: Path) -> None:
    mine, link = file("mine.toml", _notice()), tmp_path / "link.toml"
    link.symlink_to(mine)
    twice = RECORD.with_file(mine, tmp_path / "." / "mine.toml", link)
    assert len(twice.entries) == len(RECORD.entries) + 1
    assert not twice.also


def test_two_files_of_one_name_join_as_two_of_other_names_do(file: File) -> None:
    ana, ben = file("ana/mine.toml", _notice()), file("ben/mine.toml", _notice("own-b", "Ben's wire"))
    for record in (RECORD.with_file(ana, ben), RECORD.with_file(ana).with_file(ben)):
        (entry,) = [each for each in record.entries if each.on == date(2026, 11, 20)]
        assert [each.title for each in entry.sources] == ["A letter", "Ben's wire"]
        assert record.own_files == ("ben/mine.toml", "mine.toml")
    with pytest.raises(BadData, match=r"^ben/mine.toml: event\[1\].party: is missing"):
        RECORD.with_file(ana, file("ben/mine.toml", _notice("own-b").replace('party = "us"', "")))


def test_what_is_added_to_a_file_of_the_same_name_joins_too(run: Run, file: File) -> None:
    ana, ben = file("ana/mine.toml", _notice()), file("ben/mine.toml", "")
    done = run("--record", ana, "record", "add", "2026-11-20 us gives notice", "--to", ben, "--source", "A wire")
    assert done.exit_code == 0, done.stderr
    assert run("--record", ana, "--record", ben, "status").exit_code == 0


def test_a_file_named_as_the_record_that_ships_is_ones_own(run: Run, file: File) -> None:
    mine = file(
        "firm/usmca.toml",
        '[[proceeding]]\nid = "matter-7"\ntitle = "A client\'s"\njurisdiction = "us"\nactor = "us.government"\n'
        '[[event]]\nid = "own-n"\non = 2026-11-20\nact = "note"\ntext = "A client\'s."\nproceeding = "matter-7"\n'
        'step = "notice"\n[[event.source]]\ntitle = "x"\n',
    )
    record = RECORD.with_file(mine)
    assert [each.row.id for each in rows_of(record, own=True)] == ["own-n"]
    published = without_own(ask(date(2026, 11, 28), law=LAW, record=record)).record
    assert "matter-7" not in {each.id for each in published.proceedings}
    assert "own-n" not in published.by_id()
    assert run("record", "add", "2026-11-21 note", "--to", mine, "--source", "x").exit_code == 0


# -------------------------------------------------------------------------------------------------- what each one adds

ADDED = {
    "until": ("until = 2026-11-21", date(2026, 11, 21)),
    "confidence": ('confidence = "primary"', "primary"),
    "marks": ('marks = "enactment_of_ours"', "enactment_of_ours"),
    "parties": ('parties = ["us", "ca"]', ("US", "CA")),
    "on_is": ('on_is = "by"', "by"),
    "recorded_by": ('recorded_by = "ben"', "ben"),
}


@pytest.mark.parametrize("name", ADDED)
@pytest.mark.parametrize("turned", [False, True])
def test_what_one_of_two_says_of_an_act_is_kept_whichever_it_is(file: File, name: str, turned: bool) -> None:
    more, said = ADDED[name]
    files = [file("ana.toml", _notice()), file("ben.toml", _notice("own-b", "Ben's wire", more))]
    record = RECORD.with_file(*(reversed(files) if turned else files))
    (entry,) = [each for each in record.entries if each.on == date(2026, 11, 20)]
    assert getattr(entry, name) == said


def test_the_words_in_which_ours_was_stated_are_kept(file: File) -> None:
    mine = file(
        "mine.toml",
        '[[event]]\nid = "own-s"\non = 2026-07-01\nact = "stated_position"\nparty = "ca"\nstance = "extend"\n'
        'text = "Said."\nstated_words = "ready to extend"\n[[event.source]]\ntitle = "Transcript"\n',
    )
    (entry,) = [each for each in RECORD.with_file(mine).entries if "own-s" in each.said_by]
    assert entry.stated_words is not None


def test_the_doubts_of_both_are_kept(file: File) -> None:
    doubts = ("Another paper says the 21st.", "The post was late.")
    ana, ben = (
        file(f"{n}.toml", _notice(f"own-{n}", f"Paper {n}", f'conflict = "{doubt}"')) for n, doubt in enumerate(doubts)
    )
    (entry,) = [each for each in RECORD.with_file(ana, ben).entries if each.on == date(2026, 11, 20)]
    assert entry.conflict is not None
    assert entry.conflict.fr == "Another paper says the 21st. The post was late."


# ------------------------------------------------------------------------------------------------------ taken back


@pytest.mark.parametrize("order", [("ana", "ben"), ("ben", "ana")])
def test_what_two_take_back_is_gone_from_the_earlier_day(file: File, order: tuple[str, str]) -> None:
    gone = '[[retracted]]\nid = "E34"\non = {day}\nreason = "{name} says so."\n'
    files = {
        name: file(f"{name}.toml", gone.format(day=day, name=name))
        for name, day in (("ana", "2026-11-20"), ("ben", "2026-11-10"))
    }
    record = RECORD.with_file(*(files[name] for name in order))
    assert [(each.on, each.reason) for each in record.retractions] == [(date(2026, 11, 10), "ben says so.")]
    asked = ask(date(2026, 11, 28), law=LAW, record=record, known_on=date(2026, 11, 15))
    assert "E34" not in asked.record.by_id()


# --------------------------------------------------------------------------------------------- the anchor of a count

MARKS = """
[[event]]
id = "own-m"
on = 2020-07-27
act = "note"
text = "Enacted on another day."
marks = "enactment"
[[event.source]]
title = "x"
"""


def test_what_ours_marks_is_marked_by_nothing_else_unless_ours_is_taken_back(file: File) -> None:
    (ours,) = [each for each in RECORD.entries if each.marks == "enactment"]
    for text in (MARKS, MARKS.replace("2020-07-27", "2020-01-01")):  # after ours, and before
        with pytest.raises(BadData, match=rf"^mine.toml: .*\(own-m\).marks: contradicts usmca.toml: .*{ours.id}"):
            ask(date(2026, 11, 28), law=LAW, record=RECORD.with_file(file("mine.toml", text)))
    back = f'[[retracted]]\nid = "{ours.id}"\non = 2026-11-20\nreason = "Wrong day."\n'
    record = RECORD.with_file(file("mine.toml", MARKS + back))
    asked = ask(date(2026, 11, 28), law=LAW, record=record)
    assert asked.record.marks()["enactment"].on == date(2020, 7, 27)


# --------------------------------------------------------------------------------------------------- announced dates

ANNOUNCED = """
[[announced]]
id = "own-{id}"
on = {on}
known_on = 2026-11-02
deadline = "firm.day"
jurisdiction = "us"
kind = "internal"
actor = "The partners"
title = "Client day"
text = "t"
recorded_by = "{by}"
[[announced.source]]
title = "{by}'s minutes"
"""


def test_the_same_announcement_in_two_files_is_one_with_the_sources_of_both(file: File) -> None:
    ana, ben = (file(f"{by}.toml", ANNOUNCED.format(id="a", on="2027-03-02", by=by)) for by in ("ana", "ben"))
    (row,) = [each for each in RECORD.with_file(ana, ben).announced if each.deadline == "firm.day"]
    assert [each.title for each in row.sources] == ["ana's minutes", "ben's minutes"]
    file("ben.toml", ANNOUNCED.format(id="a", on="2027-03-09", by="ben"))
    with pytest.raises(BadData, match=r"^ben.toml: announced\[1\] \(own-a\): contradicts ana.toml: .*the id is taken"):
        RECORD.with_file(ana, ben)


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_two_announcements_of_one_day_are_told_as_that(run: Run, file: File, lang: str) -> None:
    ana, ben = (
        file(f"{by}.toml", ANNOUNCED.format(id=by, on=on, by=by))
        for by, on in (("ana", "2027-03-02"), ("ben", "2027-03-09"))
    )
    done = run("--lang", lang, "--record", ana, "--record", ben, "next")
    assert done.exit_code == 2
    said = {"en": "is announced twice on one day", "es": "se anuncia dos veces", "fr": "est annoncé deux fois"}
    assert f"'firm.day' {said[lang]}" in done.stderr


# ------------------------------------------------------------------------------------------------------- proceedings

DECLARED = """
[[proceeding]]
id = "matter-7"
title = "{title}"
jurisdiction = "us"
actor = "us.government"
recorded_on = {on}
"""
PUT_RIGHT = """
[[retracted]]
id = "matter-7"
on = {on}
reason = "Wrong number."
"""


def _put_right(title: str, on: str) -> str:
    return PUT_RIGHT.format(on=on) + DECLARED.format(title=title, on=on)


def test_what_two_files_put_right_alike_is_put_right_once(file: File) -> None:
    first = file("first.toml", DECLARED.format(title="No. 7", on="2026-11-01"))
    ana, ben = (
        file(f"{by}.toml", _put_right("No. 17", on)) for by, on in (("ana", "2026-11-20"), ("ben", "2026-11-21"))
    )
    for files in ((first, ana, ben), (ben, first, ana)):
        record = RECORD.with_file(*files)
        assert [each.title.en for each in record.proceedings if each.id == "matter-7"] == ["No. 17"]
        assert [(each.on, each.row and each.row.text.en) for each in record.retractions] == [
            (date(2026, 11, 20), "No. 7")
        ]
        held = ask(date(2026, 11, 28), law=LAW, record=record, known_on=date(2026, 11, 19)).record
        assert [each.title.en for each in held.proceedings if each.id == "matter-7"] == ["No. 7"]


def test_a_copy_of_a_file_changes_nothing(file: File) -> None:
    told = DECLARED.format(title="No. 7", on="2026-11-01") + _put_right("No. 17", "2026-11-20")
    record = RECORD.with_file(file("mine.toml", told), file("copy.toml", told))
    assert [each.title.en for each in record.proceedings if each.id == "matter-7"] == ["No. 17"]
    assert len(record.retractions) == 1


def test_what_is_taken_back_and_declared_again_as_it_was_stands(file: File) -> None:
    """Nothing is lost: in one file, and in two copies of it."""
    told = DECLARED.format(title="No. 7", on="2026-11-01") + _put_right("No. 7", "2026-11-20")
    mine, copy = file("mine.toml", told), file("copy.toml", told)
    for files in ((mine,), (mine, copy)):
        record = RECORD.with_file(*files)
        assert [each.title.en for each in record.proceedings if each.id == "matter-7"] == ["No. 7"]
        assert len(record.retractions) == 1


def test_what_two_files_put_right_otherwise_is_refused(file: File) -> None:
    first = file("first.toml", DECLARED.format(title="No. 7", on="2026-11-01"))
    ana, ben = (
        file("ana.toml", _put_right("No. 17", "2026-11-20")),
        file("ben.toml", _put_right("No. 99", "2026-11-21")),
    )
    with pytest.raises(BadData, match=r"^ben.toml: proceeding.*contradicts ana.toml: proceeding.*each otherwise"):
        RECORD.with_file(first, ana, ben)
    with pytest.raises(BadData, match="each otherwise"):  # what is written is refused as what is read
        RECORD.with_file(first, ana).with_file(ben)
    file("ana.toml", _put_right("No. 17", "2026-11-20") + _put_right("No. 99", "2026-11-21"))
    assert [each.title.en for each in RECORD.with_file(first, ana, ben).proceedings if each.id == "matter-7"] == [
        "No. 99"
    ]
