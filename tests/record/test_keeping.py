"""The ledger: nothing is lost, whoever writes at once and wherever the process dies; what was wrong is taken back."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import Result
from icalendar import Calendar

from review_clock.feeds.calendar import feed
from review_clock.files import BadData, Error, read
from review_clock.record.entries import Source
from review_clock.record.ledger import Record, from_table
from review_clock.record.ledger_rows import rows_of
from review_clock.timeline.keeping import NewEvent, TakenBack, keep
from tests.frozen import LAW, RECORD, defaults, load, question

Run = Callable[..., Result]
DAY = date(2026, 11, 26)


def _event(act: str, text: str | None = None, source: str = "A letter", identity: str | None = None) -> NewEvent:
    return NewEvent(
        act=act,
        id=identity,
        text=text,
        source=Source(title=source),
        fulfils=(),
        recorded_on=DAY,
        recorded_by="ann",
    )


def _add(path: Path, act: str, text: str | None = None, source: str = "A letter") -> str:
    return keep(str(path), RECORD, LAW, defaults(), event=_event(act, text, source)).ids[0]


def _retract(path: Path, identity: str, reason: str = "It was a draft") -> None:
    back = TakenBack(id=identity, on=DAY, reason=reason, by="ben")
    keep(str(path), RECORD, LAW, defaults(), back=back)


# ------------------------------------------------------------------------------------------------------ two files


def test_an_act_that_two_files_tell_is_one_entry_with_the_sources_of_both(tmp_path: Path) -> None:
    ann, ben = tmp_path / "ann.toml", tmp_path / "ben.toml"
    first = _add(ann, "2026-11-20 us gives notice", source="Ann's letter")
    second = _add(ben, "2026-11-20 us gives notice", source="Ben's wire")
    record = load([str(ann), str(ben)], defaults())
    (entry,) = [each for each in record.entries if each.on == date(2026, 11, 20)]
    assert (entry.id, entry.said_by) == (first, (second,))
    assert [source.title for source in entry.sources] == ["Ann's letter", "Ben's wire"]
    assert len(question(DAY, record=record).answer.notices) == 1


def test_what_two_files_say_word_for_word_is_one_entry_too(tmp_path: Path) -> None:
    """Two people copy one release with the same source: their ids, digests of what it says, are then the same."""
    ann, ben = tmp_path / "ann.toml", tmp_path / "ben.toml"
    said = {_add(path, "2026-11-20 us gives notice", source="The release") for path in (ann, ben)}
    assert len(said) == 1
    record = load([str(ann), str(ben)], defaults())
    (entry,) = [each for each in record.entries if each.on == date(2026, 11, 20)]
    assert (entry.id, entry.said_by) == (*said, (f"ben.toml:{entry.id}",))
    assert [source.title for source in entry.sources] == ["The release"]


def test_a_doubt_that_one_of_two_files_notes_is_not_lost(tmp_path: Path) -> None:
    ann, ben = tmp_path / "ann.toml", tmp_path / "ben.toml"
    _add(ann, "2026-11-20 us gives notice")
    _add(ben, "2026-11-20 us gives notice", source="Ben's wire")
    told = ben.read_text(encoding="utf-8").replace("\ntext =", '\nconflict = "Another paper says the 21st."\ntext =', 1)
    ben.write_text(told, encoding="utf-8")
    record = load([str(ann), str(ben)], defaults())
    (entry,) = [each for each in record.entries if each.on == date(2026, 11, 20)]
    assert entry.conflict is not None
    assert entry.conflict.en == "Another paper says the 21st."


def test_what_a_file_of_ones_own_took_back_is_listed_as_its_own(tmp_path: Path) -> None:
    _retract(tmp_path / "mine.toml", "E34")
    (row,) = rows_of(load([str(tmp_path / "mine.toml")], defaults()), own=True)
    assert row.row.id == "E34"


def test_an_upgrade_that_brings_the_same_fact_breaks_nothing(tmp_path: Path) -> None:
    """The firm recorded what the shipped record tells too: one act, all sources."""
    mine = tmp_path / "mine.toml"
    mine.write_text(
        '[[event]]\nid = "own-1"\non = 2026-07-01\nact = "non_confirmation"\nparty = "us"\ntext = "Declined."\n'
        '[[event.source]]\ntitle = "Our call"\n',
        encoding="utf-8",
    )
    record = load([str(mine)], defaults())
    assert len(record.entries) == len(RECORD.entries)
    (entry,) = [each for each in record.entries if "own-1" in each.said_by]
    assert entry.id == "E51"
    assert entry.sources[-1].title == "Our call"


def test_old_ids_that_two_files_share_are_read_under_the_file(tmp_path: Path) -> None:
    text = '[[event]]\nid = "own-1"\non = 2026-11-20\nact = "note"\ntext = "{}"\n[[event.source]]\ntitle = "x"\n'
    for name in ("ann", "ben"):
        (tmp_path / f"{name}.toml").write_text(text.format(name), encoding="utf-8")
    record = load([str(tmp_path / "ann.toml"), str(tmp_path / "ben.toml")], defaults())
    assert {"own-1", "ben.toml:own-1"} <= set(record.ids)


# ---------------------------------------------------------------------------------------------------- taking back


def test_a_notice_taken_back_counts_no_more_and_is_kept_with_the_reason(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    identity = _add(mine, "2026-11-20 us gives notice")
    assert question(DAY, record=load([str(mine)], defaults())).answer.notices
    before = mine.read_text(encoding="utf-8")
    _retract(mine, identity)
    assert mine.read_text(encoding="utf-8").startswith(before)
    record = load([str(mine)], defaults())
    assert not question(DAY, record=record).answer.notices
    assert [(each.id, each.reason, each.by) for each in record.retractions] == [(identity, "It was a draft", "ben")]
    ask = (("history",), ("explain", "treaty.withdrawal.effect.us-1"), ("record", "list", "--format", "md"))
    for command in (*ask, ("record", "show", identity)):
        day = () if command[0] == "record" else ("--as-of", DAY.isoformat())
        assert "It was a draft" in " ".join(run("--record", mine, *command, *day).stdout.split()), command


def test_what_stood_only_by_it_is_cancelled_in_the_feeds_and_no_stamp_goes_back(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"

    def events() -> dict[str, object]:
        record = load([str(mine)], defaults()) if mine.exists() else RECORD
        data = feed(question(DAY, record=record), "treaty")
        return {str(each["UID"]): each for each in Calendar.from_ical(data).walk("VEVENT")}

    stages = [events()]
    identity = _add(mine, "2026-11-20 us gives notice")
    stages.append(events())
    _retract(mine, identity)
    stages.append(events())
    uid = "treaty.withdrawal.effect.us-1.en@review-clock"
    assert [str(stage[uid]["STATUS"]) for stage in stages[1:]] == ["TENTATIVE", "CANCELLED"]  # type: ignore[index]
    for earlier, later in pairwise(stages):
        for key in set(earlier) & set(later):
            one, other = earlier[key], later[key]
            assert int(one["SEQUENCE"]) < int(other["SEQUENCE"])  # type: ignore[index]
            assert one.decoded("LAST-MODIFIED") < other.decoded("LAST-MODIFIED")  # type: ignore[attr-defined]


def test_a_shipped_entry_is_replaced_by_a_users(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    back = TakenBack(id="E51", on=DAY, reason="Another paper", by="")
    event = _event("2026-07-01 us declines", "Did not confirm.", "The paper itself")
    keep(str(mine), RECORD, LAW, defaults(), event=event, back=back)
    record = load([str(mine)], defaults())
    (new,) = [each for each in record.entries if each.where.startswith("mine.toml")]
    (retraction,) = record.retractions
    assert (retraction.id, retraction.replaced_by) == ("E51", new.id)
    assert "E51" in record.ids
    assert "E51" not in record.by_id()
    assert question(DAY, record=record).status.phase == "annual_reviews"


@pytest.mark.parametrize(
    ("identity", "message"),
    [("E5", "is not an entry of the record"), ("E999", "is not an entry of the record")],
)
def test_what_is_not_there_cannot_be_taken_back(tmp_path: Path, identity: str, message: str) -> None:
    with pytest.raises(Error, match=message):
        _retract(tmp_path / "mine.toml", identity)
    assert not os.listdir(tmp_path)


def test_twice_taken_back_is_refused(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    _retract(mine, "E51b")
    with pytest.raises(Error, match="taken back already"):
        _retract(mine, "E51b")


def test_a_retraction_that_leaves_an_unlawful_record_is_refused(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    first = _add(mine, "2026-11-20 us gives notice")
    _add(mine, "2026-11-22 us rescinds notice")
    before = mine.read_bytes()
    with pytest.raises(BadData, match="is not provided for"):
        _retract(mine, first)
    assert mine.read_bytes() == before


# --------------------------------------------------------------------------------------------- refusals, dry runs


def test_a_dry_run_shows_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    done = run("--record", mine, "record", "add", "2026-11-20 note", "--source", "x", "--dry-run")
    assert "[[event]]" in done.stdout
    assert not mine.exists()


def test_a_dry_run_opens_nothing_for_writing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = tmp_path / "mine.toml"
    assert run("record", "add", "2026-11-19 note", "--to", mine, "--source", "x").exit_code == 0
    opened: list[int] = []
    opening = os.open
    monkeypatch.setattr(os, "open", lambda path, flags, *a, **k: opened.append(flags) or opening(path, flags, *a, **k))
    done = run("record", "add", "2026-11-20 note", "--to", mine, "--source", "x", "--dry-run")
    assert "2026-11-20" in done.stdout
    assert opened, "the file is read"
    assert not [flags for flags in opened if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("2031-07-01 us declines",), "2031-07-01 is still ahead (accepted: --future, if that is meant)"),
        (("2026-11-20 note", "--fulfils", "us.611.notice.1-22"), "did you mean us.611.notice.1-2?"),
    ],
)
def test_what_is_a_slip_is_refused(run: Run, tmp_path: Path, more: tuple[str, ...], message: str) -> None:
    done = run("--record", tmp_path / "m.toml", "record", "add", *more, "--source", "x")
    assert done.exit_code == 2
    assert message in done.stderr
    assert not os.listdir(tmp_path)


# -------------------------------------------------------------------------------------------------------- the file


def test_a_link_goes_on_leading_to_its_file_and_a_pipe_is_no_file(tmp_path: Path) -> None:
    target, link, pipe = tmp_path / "shared" / "mine.toml", tmp_path / "link.toml", tmp_path / "pipe.toml"
    target.parent.mkdir()
    target.write_text("# ours\n", encoding="utf-8")
    link.symlink_to(target)
    _add(link, "2026-11-20 note")
    assert link.is_symlink()
    assert "[[event]]" in target.read_text(encoding="utf-8")
    os.mkfifo(pipe)
    with pytest.raises(BadData, match="is not a file that can be written"):
        _add(pipe, "2026-11-20 note")


FIFTY = 50


def test_fifty_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each says that its entry is in the file, or is refused in one line: the file holds just those that said so."""
    mine = tmp_path / "mine.toml"
    code = "import sys; from review_clock.commands.main import main; main()"
    command = [sys.executable, "-c", code, "--record", str(mine), "record", "add", "2026-11-20 note", "--source", "x"]
    running = [
        subprocess.Popen([*command, "--text", f"the {n}th"], stderr=subprocess.PIPE, text=True) for n in range(FIFTY)
    ]
    done = [(each.communicate()[1], each.returncode) for each in running]
    added = {found[1] for said, code_ in done if code_ == 0 and (found := re.match(r"Added (\S+) to", said))}
    refused = [said for said, code_ in done if code_ != 0]
    assert all(said.startswith("Error: ") and said.count("\n") == 1 for said in refused)
    assert len(added) + len(refused) == FIFTY
    assert {entry.id for entry in from_table(read(mine)).entries} == added
    assert os.listdir(tmp_path) == ["mine.toml"]


class _Dies(BaseException):
    """The process dies here."""


def _dying(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """From the `at`-th call on of what touches the disk, the process is dead."""
    calls = 0
    for name in ("fsync", "replace", "write", "chmod"):
        whole = getattr(os, name)

        def call(*args: object, whole: Callable[..., object] = whole, **more: object) -> object:
            nonlocal calls
            calls += 1
            if calls == at:
                raise _Dies
            return whole(*args, **more)

        monkeypatch.setattr(os, name, call)


OPERATIONS = 200
"""Operations over one ledger; the whole entry of every one that was said to be done is there at the end. Each
writes the whole file: many ledgers of few operations ask as much as few of many, in half the time."""


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(50))
def test_wherever_the_process_dies_no_entry_is_lost_and_none_is_changed(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, mine = random.Random(seed), tmp_path / "mine.toml"
    base = Record(entries=(), announced=(), verified_on=date(2026, 10, 8))
    held: dict[str, str] = {}
    gone: dict[str, str] = {}
    for n in range(OPERATIONS):
        text = f"note {seed}.{n} \u00e9"
        standing = sorted(set(held) - set(gone))
        back = chance.choice(standing) if standing and chance.random() < 0.3 else ""
        with monkeypatch.context() as patch:
            if chance.random() < 0.3:
                _dying(patch, chance.randrange(1, 5))
            try:
                if back:
                    keep(str(mine), base, LAW, defaults(), back=TakenBack(id=back, on=DAY, reason=text))
                    gone[back] = text
                else:
                    (identity,) = keep(
                        str(mine), base, LAW, defaults(), event=_event("2026-11-20 note", text), dry_run=False
                    ).ids
                    held[identity] = text
            except _Dies:
                known = from_table(read(mine)) if mine.exists() else base
                # The whole step or nothing: a death after the rename leaves it done.
                held |= {each.id: each.text.en for each in known.all_entries}
                gone |= {each.id: each.reason for each in known.retractions}
        if n % 40 == 39:
            known = from_table(read(mine))
            assert {each.id: each.text.en for each in known.all_entries} == held
            assert {each.id: each.reason for each in known.retractions} == gone
    known = from_table(read(mine))
    assert {each.id: each.text.en for each in known.all_entries} == held
    assert {each.id: each.reason for each in known.retractions} == gone
    assert len(held) > OPERATIONS / 3


@pytest.mark.parametrize(
    "add",
    [
        ("record", "add", "2026-11-20 note", "--text", "Held.", "--source", "A letter"),
        ("case", "add", "us.104", "--trigger", "2026-11-20", "--matter", "Acme"),
        ("record", "announce", "2027-06-22", "treaty.review.annual.1-2", "--source", "A letter"),
    ],
    ids=["an event", "a case", "an announced date"],
)
def test_what_was_taken_back_and_is_true_after_all_needs_another_id(
    run: Run, tmp_path: Path, add: tuple[str, ...]
) -> None:
    mine = tmp_path / "mine.toml"
    assert run(*add, "--to", mine).exit_code == 0
    (row,) = rows_of(RECORD.with_file(mine), own=True)
    assert run("--record", mine, "record", "retract", row.row.id, "--reason", "A slip.").exit_code == 0
    for lang, said in (
        ("en", "is taken back already (accepted: another id, by --id"),
        ("es", "con --id"),
        ("fr", "avec --id"),
    ):
        again = run("--lang", lang, *add, "--to", mine)
        assert again.exit_code == 2
        assert said in again.stderr
    assert run(*add, "--to", mine, "--id", "own-anew").exit_code == 0


def test_what_replaces_an_entry_and_says_the_same_needs_another_id(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    identity, said = (
        _add(mine, "2026-11-20 note", "Held."),
        ("2026-11-20 note", "--text", "Held.", "--source", "A letter"),
    )
    replaced = ("record", "replace", identity, *said, "--reason", "The page was read.", "--to", mine)
    assert "another id, by --id" in run(*replaced).stderr
    assert run(*replaced, "--id", "own-anew").exit_code == 0
