"""nginx in front of replicas, configured as docs/deploy has it: only ports, files and the log are others."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from served import ROOT, find_free_port

CONFIGURATION = ROOT / "docs" / "deploy" / "nginx.conf"
MAIN = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/asc-dashboard.conf;
}}
"""


def find_nginx() -> str:
    """Return where nginx is; AssertionError that says how to get it."""
    found = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")
    assert found, "nginx is missing: `make test` installs it where it can, or: apt-get install nginx"
    return found


def write_configuration(folder: Path, *, replicas: Sequence[int], port: int, plain_port: int) -> Path:
    """Write a configuration that nginx can be started with into the folder, and return its main file."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    assert text.count("server 127.0.0.1:805") == 2
    for declared, replica in zip(("8050", "8051"), replicas, strict=True):
        text = text.replace(f"server 127.0.0.1:{declared} ", f"server 127.0.0.1:{replica} ")
    text = re.sub(r"(?m)^ *listen \[::\].*\n", "", text)
    text = text.replace("listen 443 ", f"listen 127.0.0.1:{port} ").replace(
        "listen 80;", f"listen 127.0.0.1:{plain_port};"
    )
    text = text.replace("/etc/ssl/asc-dashboard/", f"{folder}/")
    (folder / "asc-dashboard.conf").write_text(text, encoding="utf-8")
    make_certificate(folder)
    main = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    main.write_text(MAIN.format(folder=folder, user=user), encoding="utf-8")
    return main


def make_certificate(folder: Path) -> None:
    """Write a certificate that nobody but the test trusts."""
    subject = ["-subj", "/CN=dashboard.example.org", "-days", "2"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run([*command, *subject, *files], check=True, capture_output=True)


@contextlib.contextmanager
def run_nginx(folder: Path, *, replicas: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Run nginx before the replicas on these ports; the ports of https and of http."""
    port, plain_port = find_free_port(), find_free_port()
    main = write_configuration(folder, replicas=replicas, port=port, plain_port=plain_port)
    process = subprocess.Popen([find_nginx(), "-c", str(main)], stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        else:
            process.terminate()
            raise AssertionError(f"nginx did not begin to answer: {process.communicate(timeout=10)[1].decode()}")
        yield port, plain_port
    finally:
        process.terminate()
        process.wait(10)
        process.stderr.close()
