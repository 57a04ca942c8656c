"""Named events are understood in the words of the language chosen, and told in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from click.testing import Result

from review_clock.files import LANGUAGES
from review_clock.futures.events import EVENTS, WHO, understood
from review_clock.law.acts_and_lapses import Party
from review_clock.words.events import event_text, event_typed
from review_clock.words.wording import wording

Run = Callable[..., Result]
CHANCES = ("--confirm", "us=0.3", "--confirm", "ca=1", "--confirm", "mx=1", "--horizon", "2032")
OUTLOOK = ("outlook", *CHANCES, "--as-of", "2026-11-28")
JOINED = (
    "not extended by 2030-12-31 and (all bound on 2031-01-01 or only ca,mx bound on 2032-01-01)",
    "not (in force on 2031-01-01 or nobody leaves) and us,ca confirm by 2029-01-01",
    "ended by withdrawals or expired by 2031-01-01 and any rescinds notice",
)


def _every() -> list[str]:
    """Every event that has a name, of each that may do it, with a day and without; and some joined."""
    told = []
    for name, named in EVENTS.items():
        for who in WHO if named.of_party else ("",):
            said = f"{who} {name}".strip()
            told += [f"{said} {named.preposition} 2030-06-30", *([said] if named.preposition == "by" else [])]
    return [*told, *JOINED]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_told_is_understood_as_what_was_asked(lang: str) -> None:
    words, span = wording(lang), (date.min, date.max, tuple(Party))
    for text in _every():
        told = event_text(text, words)
        assert understood(event_typed(told, words), *span) == understood(text, *span), told
        assert (told == text) is (lang == "en"), "the grammar is in English"
        for word in () if lang == "en" else (" by ", " and ", " not ", "gives", " us ", "bound", "nobody"):
            assert word not in f" {told} "


@pytest.mark.parametrize(
    ("lang", "typed", "meant"),
    [
        ("es", "todas obligadas el 2040-01-01", "all bound on 2040-01-01"),
        ("es", "EE. UU. notifica su denuncia a mas tardar el 2030-12-31", "us gives notice by 2030-12-31"),
        ("es", "NO prorrogado hasta el 2030-12-31 o us confirma", "not extended by 2030-12-31 or us confirms"),
        ("fr", "les États-Unis donnent un avis d'ici le 2030-01-01", "us gives notice by 2030-01-01"),
        ("fr", "non (en vigueur au 2040-01-01)", "not (in force on 2040-01-01)"),
        ("fr", "us,ca départ", "us,ca leaves"),
        ("fr", "all bound on 2040-01-01", "all bound on 2040-01-01"),
        ("en", "todas obligadas el 2040-01-01", "todas obligadas el 2040-01-01"),
        ("es", "  us   gives notice", "  us   gives notice"),
        ("es", "", ""),
    ],
)
def test_a_word_has_other_forms_and_no_accents_are_needed(lang: str, typed: str, meant: str) -> None:
    assert event_typed(typed, wording(lang)) == meant


def test_the_key_stays_as_the_grammar_has_it_and_the_label_is_in_the_language(run: Run) -> None:
    given = ("--given", "ninguna Parte sale a más tardar el 2030-12-31")
    done = run("--lang", "es", *OUTLOOK, "--ask", "en vigor el 2031-01-01", *given, "--format", "json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["conditions"] == ["nobody leaves by 2030-12-31"]
    assert found["condition_labels"] == ["ninguna Parte: salida a más tardar el 2030-12-31"]
    assert [(each["event"], each["label"]) for each in found["odds"]] == [
        ("in force on 2031-01-01", "en vigor el 2031-01-01")
    ]
    english = json.loads(run(*OUTLOOK, "--ask", "in force on 2031-01-01", "--format", "json").stdout)
    assert english["odds"][0]["chance"] == found["odds"][0]["chance"]


def test_a_sweep_names_its_events_in_the_language(run: Run) -> None:
    args = ("--sweep", "us=0:1:0.5", "--ask", "toutes liées le 2031-01-01", "--given", "aucune Partie : départ")
    text = run("--lang", "fr", *OUTLOOK, *args).stdout
    assert "toutes les Parties\u00a0: lien avec l’Accord le 2031-01-01" in text
    assert "aucune Partie\u00a0: départ" in text
    found = json.loads(run("--lang", "fr", *OUTLOOK, *args, "--format", "json").stdout)
    assert found["ask"] == ["all bound on 2031-01-01"]
    assert found["condition_labels"] == ["aucune Partie\u00a0: départ"]


@pytest.mark.parametrize(
    ("lang", "typed", "said"),
    [
        ("es", "Estados Unidos confirmó", "no es un suceso"),
        ("fr", "en vigueur", "in force on DATE"),
        ("fr", "Mexique : lien avec l’Accord le 2031-02-30", "2031-02-30"),
    ],
)
def test_what_is_no_event_is_refused_in_one_line(run: Run, lang: str, typed: str, said: str) -> None:
    done = run("--lang", lang, *OUTLOOK, "--ask", typed)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr
