"""How gunicorn serves the dashboard. Read by `gunicorn --config gunicorn.conf.py app:server`.

Environment: HOST, PORT, WEB_CONCURRENCY (number of workers), ACCESS_LOG=1, WARM_UP=0,
DRAW_AHEAD=0 (pages are drawn when they are asked for, and not before).
Run as a script it prints the address, so that the Makefile and the server cannot disagree about it.
"""

import atexit
import ctypes
import os
import shutil
import sys
import tempfile
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

# A worker that says nothing for half a minute is stuck, and replaced. What a single request may take, the server in
# front says: a thread cannot be stopped.
timeout = 30
graceful_timeout = 30
# Longer than a proxy or a browser keeps a connection that nobody uses, so that it is they who close it: what is sent on
# one that we close at that moment is lost, and a callback is not sent again by itself.
keepalive = 75
# Slow leaks in native libraries never add up; the jitter keeps workers from restarting together. No more often than
# this: whoever sends on a connection at the moment at which its worker ends has to send again.
max_requests = 100_000
max_requests_jitter = 10_000

# A view is a URL of at most a few hundred characters; anything far longer is a mistake or an attack.
limit_request_line = 4094
limit_request_fields = 50
limit_request_field_size = 8190

# Workers touch a file to say that they live. On a slow disk that can block, and a healthy worker is killed.
_shared = Path("/dev/shm")  # noqa: S108  # gunicorn makes its own file there, unnamed
_memory = str(_shared) if _shared.is_dir() and os.access(_shared, os.W_OK) else None
if _memory:
    worker_tmp_dir = _memory

# The control socket is a file in the home folder: a read-only container has none, two servers would share it.
control_socket_disable = True

errorlog = "-"  # standard error
# Off unless asked: an address says which area somebody looked at and when.
accesslog = "-" if os.environ.get("ACCESS_LOG", "").strip() == "1" else None
access_log_format = "%(m)s %(U)s %(s)s %(B)s bytes %(M)s ms, request %({x-request-id}o)s"
_to = {"handlers": ["errors"], "level": "INFO", "propagate": False}
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "dashboard.logs.JsonFormatter"}},
    "handlers": {"errors": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}},
    "root": {"handlers": ["errors"], "level": "INFO"},
    # Logging settings of our own switch gunicorn's access log on, whatever `accesslog` says.
    "loggers": {"gunicorn.error": _to, "gunicorn.access": _to | ({} if accesslog else {"level": "CRITICAL"})},
}


def keep_memory_together():
    """Have the C library (glibc; others are left alone) take memory from one place and give back what is free.

    By itself it gives each thread a place of its own, where what a page took stays after it was drawn: 40 MB a worker.
    And keep Linux from making large pages of small ones: it copies what workers share, for each of them, 40 MB in a
    quarter of an hour.
    """
    library = ctypes.CDLL(None)
    set_of_process = getattr(library, "prctl", None)
    if set_of_process is not None:
        no_large_pages = 41  # PR_SET_THP_DISABLE in linux/prctl.h; the workers inherit it
        set_of_process(no_large_pages, 1, 0, 0, 0)
    set_option = getattr(library, "mallopt", None)
    if set_option is not None:
        most_places, give_back_from = -8, -1  # M_ARENA_MAX and M_TRIM_THRESHOLD in malloc.h
        set_option(most_places, 1)
        set_option(give_back_from, 128 * 1024)


def make_metrics_folder():
    """Make the folder in which the workers count together, and take it away when this process ends.

    Before the app is imported, which is before any hook. A reload, in the same process, keeps it; a server that is
    replaced by a new one in place has its folder in the environment that the new one inherits, and keeps it to itself.
    """
    prefix, owner = f"asc-metrics-{os.getpid()}-", os.getpid()
    if Path(os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")).name.startswith(prefix):
        return
    folder = tempfile.mkdtemp(prefix=prefix, dir=_memory)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    # Workers leave by the same door, and must not take it with them.
    atexit.register(lambda: os.getpid() == owner and shutil.rmtree(folder, ignore_errors=True))


# Hooks: what the process that starts the workers does round them.


def pre_fork(server, worker):
    """Open the snapshot here if there is a new one, so that workers share it; give the worker a place to count at."""
    from dashboard import metrics
    from dashboard.warming import warm_up

    if os.environ.get("WARM_UP", "").strip() != "0":
        warm_up(server.app.wsgi())
    taken = {other.place for other in server.WORKERS.values()}
    worker.place = next(place for place in range(1, 1000) if place not in taken)
    metrics.STARTED.inc()


def post_fork(server, worker):
    """Count at the worker's own place."""
    from dashboard import metrics

    metrics.take_place(str(worker.place))


def worker_exit(server, worker):
    """Count, in the worker, that it ends as it was asked to."""
    from dashboard import metrics

    metrics.FINISHED.inc()


def child_exit(server, worker):
    """Count, outside the worker, that it has ended: one that was killed could not say so itself."""
    from dashboard import metrics

    metrics.ENDED.inc()


def post_worker_init(worker):
    """Draw pages before anybody asks for them, in one of the workers."""
    from dashboard.drawing import start_drawing

    if os.environ.get("DRAW_AHEAD", "").strip() != "0":
        start_drawing(worker.app.wsgi())


if __name__ == "__main__":
    sys.stdout.write(f"Listening at http://{bind}\n")
else:
    keep_memory_together()
    make_metrics_folder()
