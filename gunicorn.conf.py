"""How gunicorn serves the dashboard. Read by `gunicorn --config gunicorn.conf.py app:server`.

Environment: HOST, PORT, WEB_CONCURRENCY (number of workers), ACCESS_LOG=1,
DRAW_AHEAD=0 (pages are drawn when they are asked for, and not before).
Run as a script it prints the address, so that the Makefile and the server cannot disagree about it.
"""

import os
import sys
from pathlib import Path


def read_whole_number(name, default, *, least, most):
    """The variable as a number; SystemExit with a plain sentence when it is none.

    gunicorn prints a traceback for every other exception in its settings, and nobody is helped by one.
    """
    text = os.environ.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        sys.exit(f"{name} must be a whole number from {least} to {most}, and it is {text!r}.")
    return int(text)


def count_cores():
    """The cores this process may use, which on a shared machine is fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_host = os.environ.get("HOST", "").strip().strip("[]") or "127.0.0.1"
_port = read_whole_number("PORT", 8050, least=1, most=65535)
# An IPv6 address needs brackets, or its last group is taken for the port.
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"

# Two at least, so that one slow page never stops the next; four at most, for each holds its own memory.
workers = read_whole_number("WEB_CONCURRENCY", min(4, max(2, count_cores())), least=1, most=64)
worker_class = "gthread"
threads = 4
# The app is built once and forked: memory is shared, and a broken app stops the start, not each worker.
preload_app = True

# A page takes well under a second. Half a minute means a worker is stuck.
timeout = 30
graceful_timeout = 30
keepalive = 5
# Slow leaks in native libraries never add up; the jitter keeps workers from restarting together.
max_requests = 10_000
max_requests_jitter = 1_000

# A view is a URL of at most a few hundred characters; anything far longer is a mistake or an attack.
limit_request_line = 4094
limit_request_fields = 50

# Workers touch a file to say that they live. On a slow disk that can block, and a healthy worker is killed.
_memory = Path("/dev/shm")  # noqa: S108  # gunicorn makes its own file there, unnamed
if _memory.is_dir() and os.access(_memory, os.W_OK):
    worker_tmp_dir = str(_memory)

# The control socket is a file in the home folder: a read-only container has none, two servers would share it.
control_socket_disable = True

errorlog = "-"  # standard error
# Off unless asked: an address says which area somebody looked at and when.
accesslog = "-" if os.environ.get("ACCESS_LOG", "").strip() == "1" else None


def post_worker_init(worker):
    """Draw pages before anybody asks for them, in one of the workers."""
    from dashboard.drawing import start_drawing

    if os.environ.get("DRAW_AHEAD", "").strip() != "0":
        start_drawing(worker.app.wsgi())


if __name__ == "__main__":
    sys.stdout.write(f"Listening at http://{bind}\n")
