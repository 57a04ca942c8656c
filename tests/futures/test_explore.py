"""Every future: counted against each history told out one by one, and drawn in every form and language."""

from __future__ import annotations

import json
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise, product
from typing import Any

import pytest
from click.testing import Result

from review_clock.futures.choices import Occasions
from review_clock.futures.equivalence import Matters, what_matters
from review_clock.futures.explore import Freely, explored
from review_clock.futures.start import Start, beginning
from review_clock.futures.walk import Futures
from review_clock.law.acts_and_lapses import (
    Act,
    Assumed,
    Confirmation,
    NonConfirmation,
    Party,
    ReviewConcluded,
    ReviewFallsDue,
    WithdrawalNotice,
    WithdrawalRescinded,
)
from review_clock.law.chapter_34 import NotProvidedFor
from review_clock.law.counting import ONE_DAY
from review_clock.law.position import Position
from review_clock.law.readings import Readings
from review_clock.timeline.unfold import timeline
from review_clock.words.wording import wording
from tests.frozen import RECORD, chosen, defaults, question

Run = Callable[..., Result]
AS_OF = date(2026, 11, 23)
SAID = Assumed(said="")
OCTOBER = Occasions()


def _start(reading: str = "", as_of: date = AS_OF) -> Start:
    return beginning(question(as_of, chosen(reading.split())))


# ----------------------------------------------------------------------------------- told out one by one


def _menus(
    acts: tuple[Act, ...], day: date, free: list[Party], under: Readings, on: Occasions
) -> Iterator[list[tuple[Act, ...]]]:
    """For each Party that may choose on `day`, its choices as acts; written out here a second time on purpose."""
    line = timeline(acts, under)
    at = line.position_on(day)
    if (day.month, day.day) in on.notices:
        for party in sorted(at.parties & set(free)):
            notice = WithdrawalNotice(on=day, party=party, source=SAID)
            yield [(), (notice,), (notice, WithdrawalRescinded(on=day + ONE_DAY, party=party, source=SAID))]
    if any(isinstance(moment.event, ReviewFallsDue) and moment.event.on == day for moment in line.moments):
        everyone = at.parties <= at.confirmed_by
        for party in sorted(at.parties):
            yes = (Confirmation(on=day, party=party, source=SAID),)
            no = (NonConfirmation(on=day, party=party, source=SAID),)
            if party not in free:
                yield [() if party in at.confirmed_by and not everyone else yes]
            elif party in at.confirmed_by:
                yield [(), no, yes] if everyone else [(), no]
            else:
                yield [yes, no]
        yield [(ReviewConcluded(on=day, source=SAID),)]


def _needed(acts: list[Act], at: Position) -> list[Act]:
    """Where all have confirmed before and more than one does so again, the first extends and the rest is not needed."""
    again = [act for act in acts if isinstance(act, Confirmation)]
    extends = at.parties <= at.confirmed_by and not any(isinstance(act, NonConfirmation) for act in acts)
    return [act for act in acts if not (extends and act in again[1:])]


def _told_out(
    acts: tuple[Act, ...], after: date, last: date, free: list[Party], under: Readings, on: Occasions = OCTOBER
) -> Iterator[tuple[Act, ...]]:
    """Every history to `last`, as the acts of it."""
    line = timeline(acts, under)
    reviews = [m.event.on for m in line.moments if isinstance(m.event, ReviewFallsDue) and m.event.on > after]
    days = [date(year, *each) for year in (after.year, after.year + 1) for each in on.notices]
    notices = [each for each in days if each > after]
    day = min([*reviews, *notices])
    if day > last or not line.position_on(day).in_force:
        yield acts
        return
    for combination in product(*_menus(acts, day, free, under, on)):
        then = (*acts, *_needed([act for choice in combination for act in choice], line.position_on(day)))
        try:
            timeline(then, under)
        except NotProvidedFor:
            continue
        yield from _told_out(then, day, last, free, under, on)


def _counted(out: Start, free: list[Party], last: date, on: Occasions = OCTOBER) -> Counter[Matters]:
    futures = Futures(out.position, out.as_of, out.readings, Freely(free), on)
    futures.advance(last)
    found: Counter[Matters] = Counter()
    for where, folded in futures.live():
        for situation, weight in folded.items():
            years = where.year - situation.year
            matters = what_matters(situation.position, out.readings, _years_on(where.kept.ends, -years))
            found[_years_on(matters, years)] += int(weight)
    for (phase, _), weight in futures.ended.items():
        found[Matters(phase)] += int(weight)
    return found


def _years_on(value: Any, years: int) -> Any:
    if isinstance(value, date):
        return value.replace(year=value.year + years)
    if isinstance(value, Matters):
        return Matters(*(_years_on(each, years) for each in value))
    return tuple(_years_on(each, years) for each in value) if isinstance(value, tuple) else value


EVERYONE = list(Party)


@pytest.mark.parametrize(
    ("reading", "free", "last", "histories"),
    [
        ("", EVERYONE, date(2028, 7, 1), None),
        ("", [Party.US], date(2031, 12, 31), 352),
        ("", [Party.CA, Party.US], date(2028, 12, 31), None),
        ("confirmations=fresh", [Party.CA, Party.US], date(2028, 12, 31), None),
        ("departure_completes_confirmation=yes", [Party.US, Party.MX], date(2028, 12, 31), None),
        ("notice_can_be_rescinded=no confirmation_can_be_withdrawn=never", EVERYONE, date(2028, 7, 1), None),
        ("annual_review_day=year_after_last", [Party.US], date(2030, 12, 31), None),
        ("next_review_after_extension=original_grid", [Party.US], date(2032, 7, 1), None),
    ],
)
def test_the_counts_are_those_of_the_histories_told_out_one_by_one(
    reading: str, free: list[Party], last: date, histories: int | None
) -> None:
    out = _start(reading)
    acts = RECORD.as_known_on(AS_OF).acts
    told: Counter[Matters] = Counter()
    for history in _told_out(acts, AS_OF, last, free, out.readings):
        told[what_matters(timeline(history, out.readings).position_on(last), out.readings)] += 1
    assert _counted(out, free, last) == told
    assert histories in (None, told.total())


@pytest.mark.parametrize("day", [(8, 31), (7, 1), (3, 15)])
def test_so_they_are_with_another_day_for_notices(day: tuple[int, int]) -> None:
    """At the end of a month; on the day of the review itself; so that notices run over the review."""
    on = Occasions(notices=(day,))
    out, last = _start(), date(2030, 12, 31)
    acts = RECORD.as_known_on(AS_OF).acts
    told: Counter[Matters] = Counter()
    for history in _told_out(acts, AS_OF, last, [Party.US], out.readings, on):
        told[what_matters(timeline(history, out.readings).position_on(last), out.readings)] += 1
    assert _counted(out, [Party.US], last, on) == told


def test_one_by_one_by_hand() -> None:
    """At a review each of three confirms or not: 8 ways. On the day for notices each of three has three: 27."""
    years = {year.year: year for year in explored(_start(), Occasions(), EVERYONE, 0, 2027).years}
    assert years[2026].histories == 1
    assert years[2027].histories == 8 * 27
    assert years[2027].extended == 27  # the one way of eight in which each confirmed
    assert years[2027].positions == 8 * 8  # a notice taken back is none


@pytest.mark.parametrize("reading", ["", "confirmations=fresh", "annual_review_day=year_after_last"])
def test_what_is_told_in_full_agrees_with_the_counts(reading: str) -> None:
    out = _start(reading)
    answer = explored(out, Occasions(), EVERYONE, 4, 2030)
    for layer in answer.layers[1:]:
        counts = _counted(out, EVERYONE, layer.day)
        assert layer.histories == counts.total()
        assert sorted(node.histories for node in layer.nodes) == sorted(counts.values())
        into = Counter[str]()
        for edge in layer.edges:
            into[edge.end] += edge.histories
        assert into == {node.id: node.histories for node in layer.nodes}


def test_the_exact_number_of_histories_to_2060_and_that_it_only_grows() -> None:
    answer = explored(_start(), Occasions(), EVERYONE, 0, 2060)
    assert len(str(answer.histories)) == 52
    counts = [year.histories for year in answer.years]
    assert counts == sorted(counts)
    for year in answer.years:
        assert year.histories == year.in_force + sum(n for _, n in year.ended)
        assert year.extended <= year.histories
        assert year.positions < 1500


def test_taking_other_years_for_the_same_changes_nothing() -> None:
    """With the 28th for notices no year is taken for another; the histories are as many as with the 27th."""
    counts = [explored(_start(), Occasions(notices=((10, day),)), EVERYONE, 0, 2040).years for day in (27, 28)]
    assert counts[0] == counts[1]


def test_a_notice_on_31_august_takes_effect_on_the_last_of_february_of_each_year() -> None:
    out = _start()
    futures = Futures(out.position, AS_OF, out.readings, Freely([Party.US]), Occasions(notices=((8, 31),)))
    for year, last in ((2028, 29), (2029, 28), (2030, 28), (2031, 28), (2032, 29)):
        futures.advance(date(year, 2, last - 1))
        assert any(each.position.leaving for _, folded in futures.live() for each in folded)
        futures.advance(date(year, 2, last))
        assert not any(each.position.leaving for _, folded in futures.live() for each in folded)


def test_a_scenario_is_taken_as_done_to_the_day_and_open_after(run: Run) -> None:
    assume = ("--assume", "2027-01-15 us gives notice", "--assume", "2029-03-15 all confirm")
    document = _json(run, "explore", *assume, "--as-of", "2027-08-01", "--depth", "1", "--horizon", "2030")
    assert document["assumed"] == ["2027-01-15 us gives notice"]
    assert document["left_open"] == ["2029-03-15 all confirm"]
    assert document["free"] == ["CA", "MX"]
    assert document["layers"][0]["nodes"][0]["parties"] == ["CA", "MX"]
    assert "This is a hypothesis" in run("explore", *assume, "--as-of", "2027-08-01").output


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_a_notice_that_runs_at_the_outset_is_said_to_be_kept_where_it_could_be_taken_back(run: Run, lang: str) -> None:
    """To the day before its last day for it: it is not among the choices, though the law allows it."""
    said = wording(lang)("explore.notice_kept")

    def walked(as_of: str, *more: str) -> list[str]:
        assumed = ("--assume", "2027-01-15 us gives notice", "--as-of", as_of)
        found: list[str] = _json(run, "--lang", lang, "explore", *assumed, "--horizon", "2029", *more)["walked"]
        return found

    assert said in walked("2027-02-01")
    assert said in walked("2027-07-13", "--parties", "ca")
    assert said not in walked("2027-07-14")  # the last day for it lies behind
    assert said not in walked("2027-07-15")  # it took effect
    assert said not in walked("2027-02-01", "--reading", "notice_can_be_rescinded=no")
    assert said not in _json(run, "--lang", lang, *BASE)["walked"]


# --------------------------------------------------------------------------------------------- the command


def _json(run: Run, *args: str) -> dict[str, Any]:
    done = run(*args, "--format", "json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


BASE = ("explore", "--as-of", "2026-11-23", "--horizon", "2045")


def test_the_json_has_the_keys_that_are_documented(run: Run) -> None:
    document = _json(run, *BASE, "--depth", "2")
    assert document.keys() >= {"as_of", "horizon", "free", "notice_on", "walked", "layers", "years", "histories"}
    assert [layer["date"] for layer in document["layers"]] == ["2026-11-23", "2027-07-01", "2027-10-01"]
    assert [len(layer["nodes"]) for layer in document["layers"]] == [1, 8, 64]
    assert document["histories"] == document["years"][-1]["histories"]
    assert int(document["histories"]) > 2**53
    names = {node["id"] for layer in document["layers"] for node in layer["nodes"]}
    for layer in document["layers"]:
        for edge in layer["edges"]:
            assert {edge["from"], edge["to"]} <= names
            assert len(edge["choices"]) >= 1


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
@pytest.mark.parametrize("parties", [("us",), ("us,ca", "mx")])
def test_the_text_fits_the_terminal_and_has_the_exact_number(run: Run, lang: str, parties: tuple[str, ...]) -> None:
    options = [word for each in parties for word in ("--parties", each)]
    text = run("--lang", lang, *BASE, *options, "--depth", "3").output
    assert max(len(line) for line in text.splitlines()) <= 80
    exact = _json(run, *BASE, *options, "--depth", "0")["histories"]
    figures = "".join(sign for sign in text.split("2045")[-1] if sign.isdigit())
    assert exact in figures


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_the_drawing_names_every_node_once_and_is_well_formed(run: Run, lang: str) -> None:
    args = ("--lang", lang, *BASE, "--depth", "2")
    root = ET.fromstring(run(*args, "--format", "svg").stdout)
    name = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root.get("lang") == lang
    assert root.find(f"{name}title") is not None
    assert root.find(f"{name}desc") is not None
    boxes = [rect for rect in root.iter(f"{name}rect") if (rect.get("class") or "").startswith("box")]
    assert len(boxes) == 1 + 8 + 64
    assert len([path for path in root.iter(f"{name}path") if path.get("class") == "edge"]) == 8 + 64
    columns: dict[str, list[tuple[float, float]]] = {}
    for rect in boxes:
        y = float(rect.get("y") or 0)
        columns.setdefault(rect.get("x") or "", []).append((y, y + float(rect.get("height") or 0)))
    assert len(columns) == 3
    for spans in columns.values():
        spans.sort()
        assert all(above[1] < below[0] for above, below in pairwise(spans))


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_mermaid_has_every_node_and_every_edge(run: Run, lang: str) -> None:
    text = run("--lang", lang, *BASE, "--depth", "2", "--format", "mermaid").stdout
    assert text.startswith("flowchart LR\n")
    assert text.count("-->|") == 8 + 64
    assert text.count("subgraph ") == text.count("    end\n") == 3
    assert text.count('["') == 1 + 8 + 64 + 3


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_graphviz_draws_it(run: Run, tool: Callable[[str, str], str], lang: str) -> None:
    dot = tool("dot", "graphviz is the judge of `explore --format dot`")
    text = run("--lang", lang, *BASE, "--depth", "2", "--parties", "us,ca", "--format", "dot").stdout
    drawn = subprocess.run([dot, "-Tsvg"], input=text, capture_output=True, text=True, check=True)
    assert drawn.stderr == ""
    assert drawn.stdout.count('class="edge"') == text.count(" -> ")
    assert drawn.stdout.count('class="cluster"') == 3


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_a_drawing_that_is_very_tall_says_so_beside_it_and_how_to_draw_fewer(run: Run, lang: str) -> None:
    asked = ("--lang", lang, *BASE[:-1], "2030")
    positions = sum(len(layer["nodes"]) for layer in _json(run, *asked, "--depth", "3")["layers"])
    said = wording(lang)("explore.many", n=wording(lang).number(positions)) + "\n"
    for form in ("svg", "dot", "mermaid"):
        assert run(*asked, "--depth", "3", "--format", form).stderr == said
        assert run(*asked, "--depth", "2", "--format", form).stderr == ""
        assert run(*asked, "--depth", "3", "--parties", "us", "--format", form).stderr == ""
    assert run(*asked, "--depth", "3").stderr == ""


def test_two_runs_give_the_same_bytes(run: Run) -> None:
    for form in ("text", "json", "svg", "dot", "mermaid"):
        args = ("explore", "--as-of", "2026-11-23", "--horizon", "2030", "--depth", "1", "--format", form)
        assert run(*args).stdout == run(*args).stdout


BAD = [
    (("explore", "--as-of", "2037-01-01"), "the Agreement is not in force on 2037-01-01"),
    (("explore", "--as-of", "2019-01-01"), "the Agreement is not in force on 2019-01-01"),
    (("explore", "--as-of", "2026-11-23", "--horizon", "2101"), "--horizon 2101 (accepted: a year from 2026 to 2100)"),
    (("explore", "--as-of", "2026-11-23", "--horizon", "2020"), "accepted: a year from 2026 to 2100"),
    (("explore", "--as-of", "2026-11-23", "--parties", "uk"), "--parties 'uk' is not a Party"),
    (("explore", "--as-of", "2026-11-23", "--notice-on", "02-29"), "--notice-on '02-29' is not a day of every year"),
    (("explore", "--as-of", "2026-11-23", "--notice-on", "1001"), "is not a day of every year (accepted: MM-DD"),
    (
        ("explore", "--as-of", "2026-11-23", "--assume", "2029-03-15 us confirms"),
        "nothing that is assumed has happened by 2026-11-23 (accepted: --as-of 2029-03-15 or later)",
    ),
]


@pytest.mark.parametrize(("args", "message"), BAD)
def test_bad_input_gets_one_line_and_exit_code_2(run: Run, args: tuple[str, ...], message: str) -> None:
    done = run(*args)
    assert done.exit_code == 2
    assert done.stdout == ""
    (error,) = [line for line in done.stderr.splitlines() if line.startswith("Error:")]
    assert message in error


def test_a_node_names_no_review_after_the_end_that_notices_bring() -> None:
    """Definition 6, Art. 34.6: where the notices that run leave fewer than two Parties, none meets after that."""
    start, readings = _start(), defaults()
    met = [
        (node, fewest)
        for layer in explored(start, OCTOBER, list(Party), 2, 2030).layers
        for node in layer.nodes
        for fewest in [sorted(day for _, day in node.leaving)[: max(len(node.parties) - 1, 0)]]
        if node.next_review is not None
    ]
    assert met
    assert readings["one_party_left"] == "agreement_ends"
    for node, leaving in met:
        assert len(leaving) < len(node.parties) - 1 or node.next_review < leaving[-1]


def test_a_party_that_is_not_bound_has_no_choices_to_open(run: Run) -> None:
    args = ("explore", "--scenario", "us-withdraws", "--as-of", "2028-01-01", "--parties", "us")
    assert "--parties 'us' is not bound on 2028-01-01 (accepted: ca, mx)" in run(*args).stderr


def test_the_defaults_are_the_readings(run: Run) -> None:
    assert _json(run, *BASE, "--depth", "0")["readings"] == defaults().as_dict()
