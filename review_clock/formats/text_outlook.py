"""The answer of `outlook` → text for a terminal, CSV and Markdown."""

from __future__ import annotations

from typing import Final

from review_clock.formats.tables import csv_text, facts, markdown, paragraph, paragraphs, table_of_figures
from review_clock.formats.text_setting import notes, setting_markdown, setting_text
from review_clock.futures.outlook import DayOfOdds, Outlook, WhoIsIn, of_size
from review_clock.futures.when import QUANTILES
from review_clock.law.position import ENDED
from review_clock.words.odds import columns, in_force_means, odds, outlook_title, set_code, set_name
from review_clock.words.wording import Wording

BAR_WIDTH: Final = 16
BY_SIZE: Final = {3: "█", 2: "▒", 1: "·"}
"""How a bar shows that so many Parties are bound."""


def bar(who_is_in: WhoIsIn, width: int) -> str:
    """How many Parties are bound, as a bar: all three, two, one; nothing for none."""
    shown, share = "", 0.0
    for size, block in BY_SIZE.items():
        share += of_size(who_is_in, size)
        shown = shown.ljust(round(share * width), block)
    return shown


def _bars_mean(answer: Outlook, words: Wording) -> str:
    sizes = {len(parties) for parties in answer.who_is_in}
    names = {3: "all_three", 2: "two", 1: "one"}
    return "  ".join(f"{block} {words(f'outlook.{names[size]}')}" for size, block in BY_SIZE.items() if size in sizes)


def _who_rows(answer: Outlook, words: Wording, bars: bool) -> list[list[str]]:
    rows, sets = [], columns(answer, words).values()
    width = BAR_WIDTH if len(sets) < 6 else BAR_WIDTH // 2  # one more column leaves less room
    for year in answer.years:
        who = year.who_is_in
        if who is not None and year.in_force is not None:
            shares = [*map(year.of, sets), year.in_force]
            bar_cell = [bar(who, width)] if bars else []
            rows.append([str(year.year), *(odds(share, words) for share in shares), *bar_cell])
    return rows


def _odds_rows(answer: Outlook, words: Wording) -> list[list[str]]:
    rows = []
    for year in answer.years:
        shares = (year.extended, year.extended_by, *(year.ended[cause] for cause in ENDED))
        if year.in_force is not None or any(shares):
            rows.append([str(year.year), *(odds(share, words) for share in shares)])
    return rows


def _bound_rows(answer: Outlook, words: Wording) -> list[list[str]]:
    rows = []
    for year in answer.years:
        if year.bound is not None and year.certainty is not None:
            certainty = words("outlook.years_long", n=words.decimal(float(year.certainty)))
            rows.append([str(year.year), *(odds(share, words) for share in year.bound.values()), certainty])
    return rows


def _who_headings(answer: Outlook, words: Wording, bars: bool) -> list[str]:
    return [words("outlook.year"), *columns(answer, words), words("outlook.in_force"), *([""] if bars else [])]


def _odds_headings(words: Wording) -> list[str]:
    return [words(f"outlook.{key}") for key in ("year", "extended", "extended_by", *ENDED)]


def _bound_headings(answer: Outlook, words: Wording) -> list[str]:
    return [
        words("outlook.year"),
        *(words.party(party) for party in answer.chances.confirm),
        words("outlook.certainty"),
    ]


def _totals(answer: Outlook, words: Wording) -> list[tuple[str, str]]:
    return [
        *((set_name(parties, words), odds(share, words)) for parties, share in answer.who_is_in.items()),
        (words("outlook.total_in_force"), odds(answer.in_force, words)),
        (words("outlook.total_extended"), odds(answer.extended, words)),
        *((words(f"outlook.total_{cause}"), odds(answer.ended[cause], words)) for cause in ENDED),
        (words("outlook.years_in_force"), words("outlook.years_long", n=words.decimal(float(answer.years_in_force)))),
        (words("outlook.certainty_now"), words("outlook.years_long", n=words.decimal(float(answer.certainty)))),
    ]


def _on_facts(then: DayOfOdds, words: Wording) -> list[tuple[str, str]]:
    return [
        *((set_name(parties, words), odds(share, words)) for parties, share in then.who_is_in.items()),
        (words("outlook.in_force_then"), odds(then.in_force, words)),
        *((words.party(party), odds(share, words)) for party, share in then.bound.items()),
    ]


def _when_rows(answer: Outlook, words: Wording) -> list[list[str]]:
    """The first extension and the end side by side: the chance by the horizon, quantiles, the mean."""
    both = (answer.first_extension, answer.end)
    later = words("outlook.later", year=answer.horizon)
    return [
        [words("outlook.by_horizon", year=answer.horizon), *(odds(each.by_horizon, words) for each in both)],
        *(
            [
                words("outlook.quantile", share=words.percent(float(share), 0)),
                *(day.isoformat() if (day := each.quantiles[share]) else later for each in both),
            ]
            for share in QUANTILES
        ),
        [
            words("outlook.mean"),
            *(
                "-" if each.mean_years is None else words("outlook.years_long", n=words.decimal(float(each.mean_years)))
                for each in both
            ),
        ],
    ]


def _when_headings(words: Wording) -> list[str]:
    return ["", words("outlook.first_extension"), words("outlook.end")]


def _notes(answer: Outlook, words: Wording) -> list[str]:
    return [words("outlook.certainty_means"), *notes(answer, words)]


def outlook_text(answer: Outlook, words: Wording) -> str:
    """What was given and assumed, who is in by year with bars, the other odds, and the totals."""
    who = _who_headings(answer, words, True)
    who_table = table_of_figures(who, _who_rows(answer, words, True), (*["right"] * (len(who) - 1), "left"), 8)
    odds_table = table_of_figures(_odds_headings(words), _odds_rows(answer, words), ("right",) * 5)
    sides = ("right",) * (len(answer.chances.confirm) + 2)
    bound_table = table_of_figures(_bound_headings(answer, words), _bound_rows(answer, words), sides, 16)
    when_table = table_of_figures(_when_headings(words), _when_rows(answer, words), ("left", "right", "right"), 24)
    parts = [
        *setting_text(answer, outlook_title(answer, words), words),
        *(f"{words('outlook.on', day=words.day(then.day))}\n{facts(_on_facts(then, words))}\n" for then in answer.on),
        f"{words('outlook.who_is_in')}\n",
        paragraphs([said] if (said := in_force_means(answer, words)) else []),
        f"{who_table}\n",
        paragraph(_bars_mean(answer, words)) + "\n",
        f"{words('outlook.years')}\n\n{odds_table}\n",
        f"{words('outlook.bound')}\n\n{bound_table}\n",
        f"{words('outlook.when')}\n\n{when_table}\n",
        f"{words('outlook.totals', year=answer.horizon)}\n{facts(_totals(answer, words))}\n",
        paragraphs(_notes(answer, words)),
    ]
    return "\n".join(part for part in parts if part)


def outlook_markdown(answer: Outlook, words: Wording) -> str:
    """The same in Markdown, without bars."""
    both = ("", "")
    parts = [
        *setting_markdown(answer, outlook_title(answer, words), words),
        *(
            f"## {words('outlook.on', day=words.day(then.day))}\n\n{markdown(both, _on_facts(then, words))}"
            for then in answer.on
        ),
        f"## {words('outlook.who_is_in')}",
        in_force_means(answer, words),
        markdown(_who_headings(answer, words, False), _who_rows(answer, words, False)),
        f"## {words('outlook.years')}\n\n{markdown(_odds_headings(words), _odds_rows(answer, words))}",
        f"## {words('outlook.bound')}\n\n{markdown(_bound_headings(answer, words), _bound_rows(answer, words))}",
        f"## {words('outlook.when')}\n\n{markdown(_when_headings(words), _when_rows(answer, words))}",
        f"## {words('outlook.totals', year=answer.horizon)}\n\n{markdown(both, _totals(answer, words))}",
        "\n\n".join(_notes(answer, words)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def outlook_csv(answer: Outlook) -> str:
    """A row a year, with the JSON's names as headings and probabilities as numbers from 0 to 1 (RFC 4180); where days
    were asked for, a row a day instead."""
    parties, sets = list(answer.chances.confirm), list(answer.who_is_in)
    who = [f"who_is_in_{set_code(each).replace(' ', '_')}" for each in sets]
    bound = [f"bound_{party}" for party in parties]
    if answer.on:
        of_days = [
            (then.day, *then.who_is_in.values(), then.in_force, *then.bound.values(), then.certainty)
            for then in answer.on
        ]
        return csv_text(["date", *who, "in_force", *bound, "certainty"], of_days)
    of_years = [
        (
            year.year,
            *((year.who_is_in or {}).get(each) for each in sets),
            year.in_force,
            year.extended,
            year.extended_by,
            *(year.ended[cause] for cause in ENDED),
            *((year.bound or {}).get(party) for party in parties),
            year.certainty,
        )
        for year in answer.years
    ]
    return csv_text(["year", *who, "in_force", "extended", "extended_by", *ENDED, *bound, "certainty"], of_years)
