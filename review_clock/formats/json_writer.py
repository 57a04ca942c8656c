"""How every JSON document is written."""

from __future__ import annotations

import json
from datetime import date
from typing import Any


def as_json(document: Any, indent: int | None = 2) -> str:
    """The text of a JSON document: UTF-8 kept, keys in their order, `<`, `>` and `&` written as escapes so that the
    text can stand in a page."""
    text = json.dumps(document, ensure_ascii=False, indent=indent)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e") + "\n"


def iso(day: date | None) -> str | None:
    """A day as ISO 8601, null where there is none."""
    return None if day is None else day.isoformat()
