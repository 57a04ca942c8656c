"""What is the same on every site: the style sheets, the scripts of clock and lists, the icon, the letters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable


def _style(file: Traversable) -> bytes:
    """Without comments and the spaces that only a person needs: every page asks for it."""
    from rcssmin import cssmin  # only where a site is written

    return str(cssmin(file.read_text(encoding="utf-8"))).encode("utf-8")


def static_files() -> dict[str, Callable[[], bytes]]:
    """Every file of templates/static by its name on the site."""
    folder = files("review_clock.templates").joinpath("static")
    return {
        f"static/{file.name}": partial(_style, file) if file.name.endswith(".css") else file.read_bytes
        for file in folder.iterdir()
    }
