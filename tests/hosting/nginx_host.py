"""Debian's nginx on loopback with the configuration that is shipped, as an ordinary user."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "hosting"
SHIPPED = (EXAMPLES / "nginx.conf").read_text(encoding="utf-8")
PATIENCE = 10.0
WHOLE = """
daemon off;
worker_processes 1;
pid {home}/pid;
error_log stderr;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
    include {home}/site.conf;
}}
"""


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def as_tried(text: str, root: Path, port: int) -> str:
    """A configuration with another root and port, the rest as it is shipped."""
    text = re.sub(r"listen \[::\]:80;\n", "", text)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/var/lib/review-clock/current", str(root))
    assert str(root) in text
    return text


@contextmanager
def serving(nginx: str, text: str, home: Path) -> Iterator[None]:
    """nginx with the configuration `text` of one site, its own files in `home`; not as root where one is root."""
    (home / "site.conf").write_text(text, encoding="utf-8")
    (home / "nginx.conf").write_text(WHOLE.format(home=home), encoding="utf-8")
    command = [nginx, "-e", "stderr", "-c", str(home / "nginx.conf")]
    if os.geteuid() == 0:
        home.chmod(0o777)
        setpriv = shutil.which("setpriv")
        assert setpriv is not None
        command = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups", *command]
    port = int(re.findall(r"listen 127\.0\.0\.1:(\d+);", text)[0])
    with (home / "log").open("wb") as log, subprocess.Popen(command, stderr=log, stdout=log) as process:
        try:
            _wait_for(port, process, home / "log")
            yield
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(log.read_text(encoding="utf-8"))
