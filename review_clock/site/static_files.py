"""What is the same on every site: style sheets, the scripts of the clock and of the list, the font, the icon."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

_SPACES: Final = re.compile(r"/\*.*?\*/|\n\s*|(?<=[:;,{}]) +| +(?=[{}])", re.DOTALL)


def light_style(style: str) -> str:
    """A style sheet without comments and without the spaces that only a person needs: every page asks for it."""
    return _SPACES.sub("", style)


def _style(file: Traversable) -> bytes:
    return light_style(file.read_text(encoding="utf-8")).encode("utf-8")


def static_files() -> dict[str, Callable[[], bytes]]:
    """Every file of templates/static by its name on the site."""
    folder = files("review_clock.templates").joinpath("static")
    return {
        f"static/{file.name}": partial(_style, file) if file.name.endswith(".css") else file.read_bytes
        for file in folder.iterdir()
    }
