"""Real subscribers, each over a feed that a server on loopback publishes: Evolution's data server, and vdirsyncer into
Radicale. Each has folders of its own, polls when it is told to, and says what it then holds.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final
from urllib.error import URLError
from urllib.request import Request, urlopen

READERS: Final = Path(__file__).parent / "readers"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: Any) -> None:
        pass


@contextmanager
def published(folder: Path) -> Iterator[int]:
    """The files of a folder on loopback: the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: _Quiet(*args, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def radicale(folder: Path) -> Iterator[str]:
    """A Radicale server over an empty store: its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "radicale", "--config", "", "--server-hosts", address, "--auth-type", "none"]
    command += ["--storage-filesystem-folder", str(folder), "--logging-level", "error"]
    command += ["--server-max-content-length", "100000000"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(400):
            try:
                urlopen(f"http://{address}/.web/", timeout=1).close()
                break
            except (URLError, OSError):
                time.sleep(0.05)
        yield f"http://{address}/"
    finally:
        process.terminate()
        process.wait()


class Evolution:
    """Evolution's data server on a session bus of its own."""

    def __init__(self, folder: Path, bus: str, port: int) -> None:
        home = {"HOME": str(folder), "GSETTINGS_BACKEND": "memory", "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        for name in ("CONFIG_HOME", "DATA_HOME", "CACHE_HOME", "RUNTIME_DIR"):
            home[f"XDG_{name}"] = str(folder / name)
            (folder / name).mkdir(mode=0o700)
        command = [bus, "--", "/usr/bin/python3", str(READERS / "poll_with_evolution.py"), str(port), "/feed.ics"]
        self._process = subprocess.Popen(
            command, env=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def polls(self) -> dict[str, dict[str, Any]]:
        """What it holds after a poll, by UID."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        found = json.loads(self._process.stdout.readline())
        assert len(found) == len({each["uid"] for each in found})
        return {each["uid"]: each for each in found}

    def close(self) -> None:
        """Leave; the bus ends with it, and what ran on it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=20)


VDIRSYNCER: Final = """
[general]
status_path = "{folder}/status"
[pair subscription]
a = "feed"
b = "server"
collections = null
partial_sync = "revert"
[storage feed]
type = "http"
url = "http://127.0.0.1:{port}/feed.ics"
[storage server]
type = "caldav"
url = "{server}lawyer/feed/"
username = "lawyer"
password = ""
"""


class Vdirsyncer:
    """vdirsyncer, which brings a feed into a calendar of a CalDAV server."""

    def __init__(self, folder: Path, server: str, port: int) -> None:
        self._calendar, self._config = f"{server}lawyer/feed/", folder / "config"
        self._config.write_text(VDIRSYNCER.format(folder=folder, server=server, port=port), encoding="utf-8")
        self._asks("MKCALENDAR")
        self._run("discover")

    def _asks(self, method: str) -> bytes:
        request = Request(self._calendar, method=method, headers={"Authorization": "Basic bGF3eWVyOg=="})  # lawyer:
        with urlopen(request, timeout=10) as answer:
            found: bytes = answer.read()
        return found

    def _run(self, *words: str) -> None:
        command = [sys.executable, "-m", "vdirsyncer", "-c", str(self._config), *words]
        subprocess.run(command, input="y\n" * 9, text=True, capture_output=True, check=True, timeout=120)

    def polls(self) -> bytes:
        """The calendar on the server after a poll."""
        self._run("sync")
        return self._asks("GET")
