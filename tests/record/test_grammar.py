"""One act on one line."""

from __future__ import annotations

from datetime import date

import pytest

from review_clock.law.acts_and_lapses import Assumed, Party, name_of
from review_clock.record.grammar import _STANCES, A_DAY, ACCEPTED, NotUnderstood, understood

UNDERSTOOD = [
    ("2029-03-15 us confirms", "confirmation", Party.US),
    ("2029-03-15 US  Confirms", "confirmation", Party.US),
    ("2029-03-15 mx declines", "non_confirmation", Party.MX),
    ("2029-03-15 ca gives notice", "withdrawal_notice", Party.CA),
    ("2029-03-15 ca rescinds  notice", "withdrawal_rescinded", Party.CA),
    ("2029-03-15 ca states not extend", "stated_position", Party.CA),
    ("2029-03-15 review concludes", "review_concluded", None),
    ("2029-03-15 review held", "review_held", None),
    ("2029-03-15 next review held", "review_held", None),
    ("2029-03-15 next review set for 2029-06-10", "review_scheduled", None),
    ("2029-03-15 amendment sets term end 2037-07-01", "term_end_amended", None),
    ("2029-03-15 Amendment  sets next review 2030-01-10", "next_review_amended", None),
    ("2020-07-01 agreement enters into force", "entry_into_force", None),
]


@pytest.mark.parametrize(("line", "kind", "party"), UNDERSTOOD)
def test_a_line_is_one_act(line: str, kind: str, party: Party | None) -> None:
    said = understood(line)
    (act,) = said.acts(Party, Assumed(said=line))
    assert (name_of(type(act)), getattr(act, "party", None), act.on) == (kind, party, date.fromisoformat(line[:10]))


def test_all_means_each_party_then_bound() -> None:
    acts = understood("2029-03-15 all confirm").acts({Party.MX, Party.CA}, Assumed(said=""))
    assert [act.party for act in acts] == [Party.CA, Party.MX]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "'' is not a date"),
        ("tomorrow us confirms", "'tomorrow' is not a date"),
        ("2029-02-30 us confirms", "'2029-02-30' is not a date"),
        ("20290315 us confirms", "'20290315' is not a date"),
        ("2029-W11-4 us confirms", "'2029-w11-4' is not a date"),
        ("2029-03-15 next review set for 20300101", "'20300101' is not a date"),
        ("2029-03-15", "it names no act"),
        ("2029-03-15 usa confirms", "'usa confirms' is not an act"),
        ("2029-03-15 us withdraws", "'us withdraws' is not an act"),
        ("2029-03-15 all decline", "'all decline' is not an act"),
        ("2029-03-15 us states maybe", "'maybe' is not a position"),
        ("2029-03-15 next review set for soon", "'soon' is not a date"),
        ("2029-03-15 amendment sets term end 2037", "'2037' is not a date"),
        ("2029-03-15 amendment sets term", "'amendment sets term' is not an act"),
    ],
)
def test_what_is_not_understood_is_told_with_what_is(line: str, why: str) -> None:
    with pytest.raises(NotUnderstood) as bad:
        understood(line)
    said = str(bad.value)
    assert said.startswith(f"{line!r} is not understood: {why} (accepted: ")
    close = getattr(bad.value.accepted, "close", "")
    forms = [A_DAY] if "date" in why else list(_STANCES) if "position" in why else [close] if close else ACCEPTED
    assert all(form in said for form in forms)


def test_a_record_takes_no_amendment_and_names_none() -> None:
    """Art. 34.3 was not read: what is known of an amendment that was made is a note."""
    with pytest.raises(NotUnderstood, match=r"is only assumed: Art\. 34\.3 has not been read .*DATE note"):
        understood("2029-03-15 amendment sets term end 2037-07-01", "note")
    with pytest.raises(NotUnderstood) as bad:
        understood("2029-03-15 something else", "note")
    assert "amendment" not in str(bad.value)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("2027-01-15 us confrims", "us confirms"),
        ("2027-01-15 mx gives notce", "mx gives notice"),
        ("2027-01-15 all confirms", "all confirm"),
        ("2027-01-15 review held early", "review held"),
        ("2027-01-15 us states extends", "extend"),
    ],
)
def test_a_typo_is_told_what_was_meant(line: str, meant: str) -> None:
    with pytest.raises(NotUnderstood, match=f"; did you mean {meant}\\?$"):
        understood(line)
