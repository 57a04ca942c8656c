"""What a static host and its visitors' programs look for: sitemap.xml, robots.txt, _headers, packed twins of files."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final

from review_clock.files import LANGUAGES
from review_clock.site.addresses import address, alternates, base_path
from review_clock.site.for_machines.security import PAGE_POLICY
from review_clock.site.material import Material
from review_clock.site.rendering import environment

_EVERYWHERE: Final[Mapping[str, str]] = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "public, max-age=600, must-revalidate",
}
_TO_ALL: Final[Mapping[str, str]] = {"Access-Control-Allow-Origin": "*"}
"""Data that a page of another site may read."""
_NOT_FRAMED: Final[Mapping[str, str]] = {"X-Frame-Options": "DENY"}
"""Pages that nobody else may show in a frame of theirs: all but those of embed/, which are made for it."""
_BY_PATH: Final[Mapping[str, Mapping[str, str]]] = {
    "/api/*.json": {"Content-Type": "application/json; charset=utf-8", **_TO_ALL},
    "/api/*.csv": {"Content-Type": "text/csv; charset=utf-8", **_TO_ALL},
    "/calendars/*.ics": {"Content-Type": "text/calendar; charset=utf-8", **_TO_ALL},
    "/calendars/*.csv": {"Content-Type": "text/csv; charset=utf-8", **_TO_ALL},
    "/*.atom": {"Content-Type": "application/atom+xml; charset=utf-8", **_TO_ALL},
    "/*.svg": {"Content-Type": "image/svg+xml; charset=utf-8", **_TO_ALL},
    "/*.png": {"Content-Type": "image/png", **_TO_ALL},
    **dict.fromkeys(("/", "/index.html", "/404.html", *(f"/{lang}/*" for lang in LANGUAGES)), _NOT_FRAMED),
    "/sitemap.xml": {"Content-Type": "application/xml; charset=utf-8"},
}
"""By path, what a file has beside the headers of all. One `*` a path and no header twice for any file: hosts differ in
what they make of more."""


_PACKED: Final = (".html", ".css", ".js", ".json", ".ics", ".csv", ".atom", ".svg", ".xml")
_LEAST: Final = 512
"""Fewer bytes fit into one packet anyway."""


def packed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The twin NAME.gz of each text among the files, for hosts that send it in its place (nginx: gzip_static)."""
    return {
        f"{name}.gz": gzip.compress(data, 9, mtime=0)
        for name, data in files.items()
        if name.endswith(_PACKED) and len(data) >= _LEAST
    }


def headers(material: Material) -> bytes:
    """_headers, as several static hosts read it: paths from the host's root, each with its headers indented."""
    base, lines = base_path(material) or "", []
    for path, values in {"/*": _EVERYWHERE, **_BY_PATH}.items():
        lines += [f"{base}{path}", *(f"  {name}: {value}" for name, value in values.items())]
    return ("\n".join(lines) + "\n").encode("utf-8")


def robots(material: Material) -> bytes:
    """robots.txt: everything may be read; where the sitemap is, if the site's address is known."""
    lines = ["User-agent: *", "Allow: /"]
    if material.base_url:
        lines.append(f"Sitemap: {address(material, 'sitemap.xml')}")
    return ("\n".join(lines) + "\n").encode("utf-8")


def sitemap(material: Material, names: Iterable[str]) -> bytes:
    """sitemap.xml: every page with its twins in the other languages. Its addresses are absolute, as the form asks."""
    first = f"{LANGUAGES[0]}/"
    pages = sorted(n.removeprefix(first) for n in names if n.startswith(first) and n.endswith(".html"))
    groups = [alternates(material, page, "") for page in pages]
    template = environment().get_template("sitemap.xml")
    text = template.render(groups=groups, front=address(material, "index.html"), day=material.as_of)
    return text.encode("utf-8")


def host_files(material: Material, names: Iterable[str]) -> dict[str, Callable[[], bytes]]:
    """The files for hosts, of a site that holds the files `names`. A sitemap needs the site's address."""
    parts: dict[str, Callable[[], bytes]] = {
        "_headers": partial(headers, material),
        "robots.txt": partial(robots, material),
    }
    if material.base_url:
        parts["sitemap.xml"] = partial(sitemap, material, tuple(names))
    return parts
