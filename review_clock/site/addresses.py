"""Where the files of the site stand: absolute under `--base-url`, else relative to the page that names them."""

from __future__ import annotations

from urllib.parse import urlsplit

from review_clock.files import LANGUAGES
from review_clock.site.material import Material


def address(material: Material, name: str) -> str:
    """The absolute address of a file of the site, or nothing where the site's own address is not known."""
    return f"{material.base_url}/{name}" if material.base_url else ""


def base_path(material: Material) -> str | None:
    """The path under which the site stands on its host, without a slash at the end; None where it is not known."""
    return urlsplit(material.base_url).path.rstrip("/") if material.base_url else None


def alternates(material: Material, page: str, root: str) -> tuple[tuple[str, str], ...]:
    """(hreflang, address) of a page of the languages' folders in each, and of the page that lets one choose.

    `root` leads to the site's root from where they are named; it counts where the site's address is not known.
    """
    near = f"{material.base_url}/" if material.base_url else root
    twins = [(lang, f"{near}{lang}/{page}") for lang in LANGUAGES]
    return (*twins, ("x-default", f"{near}index.html"))
