"""What libical (GNOME, KDE, Evolution) reads in iCalendar files, as JSON. Needs the system's Python."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib as Ical  # noqa: E402


def parts(of: Any, kind: Any) -> Iterator[Any]:
    part = of.get_first_component(kind)
    while part is not None:
        yield part
        part = of.get_next_component(kind)


def properties(of: Any, kind: Any) -> Iterator[Any]:
    each = of.get_first_property(kind)
    while each is not None:
        yield each
        each = of.get_next_property(kind)


def errors(of: Any) -> list[str]:
    found = [each.get_xlicerror() for each in properties(of, Ical.PropertyKind.XLICERROR_PROPERTY)]
    return found + [said for part in parts(of, Ical.ComponentKind.ANY_COMPONENT) for said in errors(part)]


def event(of: Any) -> dict[str, Any]:
    alarms = parts(of, Ical.ComponentKind.VALARM_COMPONENT)
    triggers = [each.get_first_property(Ical.PropertyKind.TRIGGER_PROPERTY).get_trigger() for each in alarms]
    return {
        "uid": of.get_uid(),
        "start": of.get_dtstart().as_ical_string(),
        "summary": of.get_summary(),
        "status": of.get_first_property(Ical.PropertyKind.STATUS_PROPERTY).get_value_as_string(),
        "alarms": [each.get_duration().as_int() for each in triggers],
    }


def calendar(path: str) -> dict[str, Any]:
    whole = Ical.Component.new_from_string(Path(path).read_text(encoding="utf-8"))
    Ical.restriction_check(whole)
    return {
        "events": [event(each) for each in parts(whole, Ical.ComponentKind.VEVENT_COMPONENT)],
        "errors": errors(whole),
    }


print(json.dumps({path: calendar(path) for path in sys.argv[1:]}))
