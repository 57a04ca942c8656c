"""What is typed wrong: one line, exit code 2, in the language chosen, what was wrong and what is accepted or meant."""
# ruff: noqa: E501 - a table is read in rows

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from review_clock import Law, files
from review_clock.files import LANGUAGES, Phrase, read
from review_clock.words.errors import load, phrase
from review_clock.words.wording import wording

Run = Callable[..., Result]
PACKAGE = Path(files.__file__).parent
LABEL = {"en": "Error: ", "es": "Error: ", "fr": "Erreur\u00a0: "}
ACCEPTED = {"en": "(accepted: ", "es": "(se acepta: ", "fr": "(accepté\u00a0: "}
MEANT = {"en": "did you mean ", "es": "¿quiso decir ", "fr": "vouliez-vous dire "}
TYPO = "2026-01-15 us confrims"

# The command line, and in each language what must stand in the line.
BAD: list[tuple[tuple[str, ...], tuple[str, str, str]]] = [
    # Click's own
    (("statsu",), ("'statsu' is not a command", "'statsu' no es un comando", "'statsu' n’est pas une commande")),
    (("status", "--as-fo", "x"), ("--as-fo is not an option", "--as-fo no es una opción", "--as-fo n’est pas une option")),
    (("status", "--debug"), ("stands before the command", "va antes del comando", "se place avant la commande")),
    (("status", "now"), ("'now' is one argument too many", "argumento de más", "argument de trop")),
    (("explain",), ("ID is missing", "falta ID", "ID manque")),
    (("record", "add", "2027-02-03 note"), ("--source is missing", "falta --source", "--source manque")),
    (("record", "ad"), ("'ad' is not a command", "'ad' no es un comando", "'ad' n’est pas une commande")),
    (("whatif", "--assume"), ("--assume needs a value", "--assume requiere un valor", "--assume demande une valeur")),
    (("whatif", "--brief=1"), ("--brief takes no value", "--brief no lleva valor", "--brief ne prend pas de valeur")),
    (("status", "--format", "xls"), ("'xls' is not known", "'xls' no se conoce", "'xls' n’est pas connu")),
    (("explore", "--depth", "12"), ("from 0 to 8", "de 0 a 8", "de 0 à 8")),
    (("compare", "a", "b", "--to", "soon"), ("from 2020 to 2100", "de 2020 a 2100", "de 2020 à 2100")),
    (("explore", "--horizon", "x"), ("a whole number", "un número entero", "un nombre entier")),
    (("build", "/etc/passwd"), ("is a file", "es un archivo", "est un fichier")),
    (("feed", "everything", "-o", "/tmp"), ("is a folder", "es una carpeta", "est un dossier")),
    # days
    (("status", "--as-of", "yesterday"), ("'yesterday' is not a date", "no es una fecha", "n’est pas une date")),
    (("status", "--as-of", "2027-02-30"), ("'2027-02-30' is not a date", "no es una fecha", "n’est pas une date")),
    (("status", "--as-of", "2101-01-01"), ("after 2100-12-31", "posterior al 2100-12-31", "après le 2100-12-31")),
    (("deadlines", "--from", "2027-02-01", "--to", "2027-01-01"), ("is before", "es anterior", "est avant")),
    # values of ours
    (("deadlines", "--kind", "reviews"), ("'reviews' is not known", "no se conoce", "n’est pas connu")),
    (("deadlines", "--jurisdiction", "usa"), ("'usa' is not known", "no se conoce", "n’est pas connu")),
    (("status", "--reading", "term_end=x"), ("'term_end' is not a reading", "no es una lectura", "n’est pas une lecture")),
    (("status", "--reading", "term_ends=noon"), ("is not a value of it", "no es uno de sus valores", "n’en est pas une")),
    (("explain", "us.611.notices"), ("is not a deadline", "no es una fecha", "n’est pas une échéance")),
    (("explain", "us.611.hearing"), ("no fixed day", "no tiene día fijo", "pas de jour fixe")),
    (("explain", "us.716.facility-review"), ("no such date now", "no hay tal fecha", "pas de telle date")),
    (("explain", "us.comments.1-2", "--as-of", "2026-06-15"), ("not announced before 2026-10-02", "no se anunció", "pas annon")),
    (("feed", "everythin"), ("is not a feed", "no es un calendario", "n’est pas un calendrier")),
    (("whatif", "--scenario", "statusquo"), ("neither a scenario nor a file", "ni un escenario", "ni un scénario")),
    (("whatif", "--scenario", "no.toml"), ("cannot be read: No such file", "no puede leerse: no existe", "ne peut être lu")),
    (("--record", "no.toml", "status"), ("cannot be read: No such file", "no puede leerse: no existe", "ne peut être lu")),
    (("deadlines", "--case", "us.718"), ("go together", "van juntas", "vont ensemble")),
    (("deadlines", "--undated", "--from", "2027-01-01"), ("--undated goes without", "--undated va sin", "--undated va sans")),
    (("whatif",), ("nothing is assumed", "no se supone nada", "rien n’est supposé")),
    (("compare", "record"), ("two scenarios or more", "dos escenarios o más", "deux scénarios ou plus")),
    (("build", "x", "--contact", "javascript:1"), ("e-mail address", "correo electrónico", "adresse électronique")),
    (("build", "x", "--base-url", "javascript:1"), ("not the address of a site", "dirección de un sitio", "adresse d’un site")),
    (("outlook", "--confirm", "us=2"), ("more than 1", "más que 1", "dépasse 1")),
    (("outlook", "--confirm", "us=1"), ("--confirm is missing for ca, mx", "falta --confirm", "--confirm manque")),
    (("explore", "--notice-on", "13-01"), ("not a day of every year", "todos los años", "chaque année")),
    # assumptions: not understood, never unlawful
    (("whatif", "--assume", TYPO), ("is not understood", "no se entiende", "n’est pas compris")),
    (("whatif", "--assume", "2027-13-01 us confirms"), ("is not a date", "no es una fecha", "n’est pas une date")),
    (("whatif", "--assume", "tomorrow"), ("is not understood", "no se entiende", "n’est pas compris")),
    (("record", "add", TYPO, "--to", "mine.toml", "--source", "x"), ("not understood", "no se entiende", "n’est pas compris")),
    # the law's refusals
    (("whatif", "--assume", "2027-01-15 us rescinds notice"), ("no notice of withdrawal", "no corre ninguna", "aucun avis")),
    (("whatif", "--assume", "2026-07-01 all confirm"), ("the record reaches to", "el registro llega", "le registre va")),
]  # fmt: skip


def _line(done: Result) -> str:
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("args", "said"), BAD, ids=[" ".join(args) for args, _ in BAD])
def test_each_is_one_line_in_the_language_chosen(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], said: tuple[str, ...], lang: str
) -> None:
    monkeypatch.chdir(tmp_path)
    line = _line(run("--lang", lang, *args))
    assert line.startswith(LABEL[lang])
    assert said[LANGUAGES.index(lang)] in line
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("lang", ["es", "fr"])
@pytest.mark.parametrize("args", [args for args, _ in BAD], ids=" ".join)
def test_no_english_is_left_in_the_other_languages(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], lang: str
) -> None:
    monkeypatch.chdir(tmp_path)
    line = re.sub(r"'[^']*'|review-clock .*?[;)]", "", _line(run("--lang", lang, *args)))
    assert not re.search(r"\b(is|are|not|accepted|the|must|missing|unknown|no such|before|did you|file)\b", line), line


TYPOS = [
    (("statsu",), "status"),
    (("status", "--as-fo", "x"), "--as-of"),
    (("--recrod", "x", "status"), "--record"),
    (("deadlines", "--kind", "reviews"), "review"),
    (("status", "--reading", "term_end=start_of_day"), "term_ends"),
    (("status", "--reading", "term_ends=end_of_dya"), "end_of_day"),
    (("feed", "everythin"), "everything"),
    (("whatif", "--scenario", "statusquo"), "status-quo"),
    (("explain", "us.611.notices"), "us.611.notice"),
    (("deadlines", "--case", "us.716.facility", "--trigger", "2027-02-03"), "us.716.facility-review"),
    (("whatif", "--assume", TYPO), "us confirms"),
    (("deadlines", "--jurisdiction", "US"), "us"),
    (("record", "add", "2026-11-20 notes", "--source", "x", "--to", "none.toml"), "note"),
    (("memo", "stauts"), "status"),
    (("explain", "us.202a.itc.33"), "us.202a.itc.3"),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("args", "meant"), TYPOS, ids=[" ".join(args) for args, _ in TYPOS])
def test_a_typo_is_told_what_was_meant(run: Run, args: tuple[str, ...], meant: str, lang: str) -> None:
    line = _line(run("--lang", lang, *args))
    assert line.endswith(f"{MEANT[lang]}{meant}?")
    assert ACCEPTED[lang] in line


def test_the_language_is_that_of_the_environment_and_of_the_line(run: Run) -> None:
    assert "no es un comando" in run("statsu", env={"REVIEW_CLOCK_LANG": "es"}).stderr
    assert "n’est pas une option" in run("--lang=fr", "--x", "status").stderr
    assert "n’est pas une option" in run("--lang", "fr", "--x", "status", env={"REVIEW_CLOCK_LANG": "es"}).stderr
    assert "'de' is not known (accepted: en, es, fr)" in run("--lang", "de", "status").stderr


def test_no_arguments_are_no_error_of_three_lines(run: Run) -> None:
    assert "Usage: " in run().output
    assert "Error" not in run().output


MINE = """
[[event]]
id = "x"
on = 2027-02-03
act = "note"
text = "A hearing."
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (MINE, ("source: is missing", "source: falta", "source\u00a0: manque")),
        (MINE.replace("note", "notes"), ("'notes' is not known", "'notes' no se conoce", "'notes' n’est pas connu")),
        (MINE.replace("2027-02-03", '"soon"'), ("'soon' is not a date", "no es una fecha", "n’est pas une date")),
        (MINE.replace("text", "txet"), ("text: is missing", "text: falta", "text\u00a0: manque")),
        (
            f'{MINE}wen = 1\n[[event.source]]\ntitle = "x"\n',
            ("wen: is not a key", "wen: no es una clave", "n’est pas une clé"),
        ),
        ("x = ", ("is not valid TOML", "no es TOML válido", "n’est pas du TOML valide")),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_record_that_is_wrong_is_told_file_and_key_in_the_language_chosen(
    run: Run, tmp_path: Path, text: str, said: tuple[str, ...], lang: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    line = _line(run("--lang", lang, "--record", path, "status"))
    assert "mine.toml" in line
    assert said[LANGUAGES.index(lang)] in line
    checked = run("--lang", lang, "--record", path, "check", "--as-of", "2026-11-23")
    assert said[LANGUAGES.index(lang)].partition(": ")[2 if ": " in said[0] else 0] in checked.stdout


def test_what_the_law_refuses_of_a_record_is_said_in_the_language_chosen(run: Run, tmp_path: Path) -> None:
    """Finding B15 of the desk: each refusal of `record add` was English."""
    mine = ("--to", tmp_path / "m.toml", "--source", "x")
    for lang, said in (
        ("es", "no está previsto: no corre ninguna notificación"),
        ("fr", "n’est pas prévu\u00a0: aucun avis"),
    ):
        assert said in run("--lang", lang, "record", "add", "--future", "2027-01-15 us rescinds notice", *mine).stderr


# ------------------------------------------------------------------------------------------------- the phrases


PHRASES = load(read(PACKAGE.parent / "templates" / "words" / "errors.toml"))
SAYS = {"Error", "BadData", "Phrase", "wrong", "_bad", "_error", "_contradicts", "_take", "NotUnderstood", "NothingAhead",
        "NotAChance", "NoSuchDeadline", "UnknownReading", "BeyondTheCalendar", "HolidaysUnknown"}  # fmt: skip
"""What makes an error, or a part of one, of texts."""


def _forms(path: Path) -> Iterator[str]:
    """The English of errors in a module: sentences, not the names of keys."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for each in node.args if name in SAYS else ():
                for part in (each.body, each.orelse) if isinstance(each, ast.IfExp) else (each,):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value:
                        yield part.value


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_phrase_of_an_error_has_its_three_languages(path: Path) -> None:
    assert [form for form in _forms(path) if form not in PHRASES] == []


def test_no_error_is_made_of_a_text_that_is_filled_at_once() -> None:
    """An f-string has no form by which another language could say it."""
    allowed = {"--horizon {horizon}", "counted_from {' or '.join(OF_A_WITHDRAWAL)}", "at most {{n}} {unit}"}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", ""))
            for each in node.args if isinstance(node, ast.Call) and name in SAYS else ():
                text = ast.unparse(each)[2:-1]
                if isinstance(each, ast.JoinedStr) and " " in text:
                    assert text in allowed or text.startswith(("--parties", "{root.info_name}", "reading {")), (
                        f"{path.name}: {text}"
                    )


def test_every_phrase_says_the_same_values_in_each_language() -> None:
    for en, texts in PHRASES.items():
        assert texts.en == en
        fields = [set(re.findall(r"\{\w+(?:!r)?\}", texts.said(lang))) for lang in LANGUAGES]
        assert fields[0] == fields[1] == fields[2], en


def test_a_phrase_without_another_form_is_said_as_it_is() -> None:
    words = wording("fr")
    assert phrase("{not a form}", words) == "{not a form}"
    assert phrase(Phrase("{a} and {b}", a=1, b="{c}"), words) == "1 and {c}"
    assert phrase(Phrase("{value!r} is not a date", value="{x}"), words) == "'{x}' n’est pas une date"


def test_the_library_says_the_same_in_english(run: Run) -> None:
    with pytest.raises(files.Error) as bad:
        Law.shipped().chosen(["term_end=x"])
    assert str(bad.value) == _line(run("status", "--reading", "term_end=x")).removeprefix("Error: ")
