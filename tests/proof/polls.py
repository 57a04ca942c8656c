"""What a poll costs: bytes on the wire and requests a second of nginx, as shipped and with all of it off, in one run.

    python -m tests.proof.polls [SECONDS]

Needs nginx and wrk. One worker of nginx and one thread of wrk share the machine, over loopback, without TLS.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path

import review_clock as rc
from review_clock.feeds.definition import shipped
from review_clock.site.build import plan
from review_clock.site.for_machines.host_files import packed
from review_clock.site.material import Material
from tests.hosting.nginx_host import SHIPPED, as_tried, free_port, serving

AS_OF = date(2026, 11, 28)
FILES = ("calendars/everything.en.ics", "calendars/treaty.en.ics", "en/changes.atom", "api/v1/status.json")
BARE = "server {{ listen 127.0.0.1:{port}; root {root}; types {{ text/plain ics atom json; }} access_log off; }}"
ASKED = {"Host": "clock.example.org", "User-Agent": "a calendar", "Connection": "close"}
SUBSCRIBERS = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
POLLS_A_DAY = 24
DAY = 86_400


def _answer(port: int, path: str, headers: Mapping[str, str]) -> bytes:
    asked = "".join(f"{name}: {value}\r\n" for name, value in {**ASKED, **headers}.items())
    with socket.create_connection(("127.0.0.1", port)) as link:
        link.sendall(f"GET /{path} HTTP/1.1\r\n{asked}\r\n".encode())
        return b"".join(iter(partial(link.recv, 65536), b""))


def _etag(answer: bytes) -> str:
    found = re.search(rb"\r\nETag: (\S+)\r\n", answer)
    return found[1].decode() if found else ""


def _rate(wrk: str, port: int, path: str, headers: Mapping[str, str], seconds: int) -> int:
    given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = [wrk, "-t1", "-c16", f"-d{seconds}s", *given, f"http://127.0.0.1:{port}/{path}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found is not None
    return round(float(found[1]))


@contextmanager
def _host(nginx: str, files: Mapping[str, bytes], bare: bool) -> Iterator[int]:
    with tempfile.TemporaryDirectory() as name:
        home, port = Path(name), free_port()
        home.chmod(0o755)
        for each, data in files.items():
            (home / "www" / each).parent.mkdir(parents=True, exist_ok=True)
            (home / "www" / each).write_bytes(data)
        text = BARE.format(port=port, root=home / "www") if bare else as_tried(SHIPPED, home / "www", port)
        with serving(nginx, text, home):
            yield port


def _measured(wrk: str, nginx: str, files: Mapping[str, bytes], seconds: int) -> Iterator[tuple[str, str, list[int]]]:
    """By configuration and file: bytes of a 200 and of a 304, and requests a second of each."""
    ways = {"all off": files, "packed each time": files, "packed by build": {**files, **packed(files)}}
    for (way, held), path in product(ways.items(), files):
        with _host(nginx, held, bare=way == "all off") as port:
            takes = {} if way == "all off" else {"Accept-Encoding": "gzip"}
            full = _answer(port, path, takes)
            known = {**takes, "If-None-Match": _etag(full)}
            nothing = _answer(port, path, known)
            assert full.startswith(b"HTTP/1.1 200")
            assert nothing.startswith(b"HTTP/1.1 304")
            rates = [_rate(wrk, port, path, asked, seconds) for asked in (takes, known)]
            yield way, path, [len(full), len(nothing), *rates]


def _size(count: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} TB"


def main(seconds: int = 3) -> None:
    """Measure, and print both tables in Markdown."""
    nginx, wrk = shutil.which("nginx"), shutil.which("wrk")
    if nginx is None or wrk is None:
        sys.exit("nginx and wrk are needed: apt-get install nginx-light wrk")
    made = plan(Material(question=rc.ask(AS_OF), base_url="", feeds=shipped(rc.Law.shipped())))
    files = {name: made[name]() for name in FILES}
    found = list(_measured(wrk, nginx, files, seconds))
    print("| file | configuration | bytes, 200 | bytes, 304 | a second, 200 | a second, 304 |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for way, path, numbers in sorted(found, key=lambda row: FILES.index(row[1])):
        print(f"| `{path.rpartition('/')[2]}` | {way} | {' | '.join(f'{number:,}' for number in numbers)} |")
    full, nothing, rate, rate_of_nothing = next(n for w, p, n in found if (w, p) == ("packed by build", FILES[0]))
    print("\n| subscribers | polls a second | a day, all 304 | a day, all 200 | of one core, 304 | of one core, 200 |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for number in SUBSCRIBERS:
        polls = number * POLLS_A_DAY
        shares = [f"{polls / DAY / each:.2%}" for each in (rate_of_nothing, rate)]
        sizes = [_size(polls * each) for each in (nothing, full)]
        print(f"| {number:,} | {polls / DAY:,.1f} | {' | '.join([*sizes, *shares])} |")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
