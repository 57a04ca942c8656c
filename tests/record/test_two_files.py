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
