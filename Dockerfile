# Linted, and its commands run by tests/contract/test_packaging.py; never built, for want of a container engine.
FROM python:3.12-slim-bookworm

# What draws PDFs and pictures, and letters to draw them with. From the release's security updates, for a browser's
# version that is fixed here would be gone from Debian within weeks. Without what it recommends: a sandbox that needs
# privileges, which this container does not give (dashboard/export/chromium.py runs it without, on our own pages alone).
RUN apt-get update \
    && apt-get install --yes --no-install-recommends chromium/bookworm-security fonts-liberation/bookworm \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app

# Before the code, so that a change of code does not install everything again.
COPY requirements.txt ./
RUN python -m pip install --no-cache-dir --require-hashes -r requirements.txt

# After the installation, whose bytecode is wanted: from here on nothing may be written beside the code.
ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

COPY LICENSE app.py gunicorn.conf.py ./
COPY etl ./etl
COPY dashboard ./dashboard
COPY assets ./assets
# With the small plotly.js, where `make` has fetched it; without it the image serves the whole one.
COPY data ./data

# As root: nobody who serves may change what browsers are sent.
RUN python -m dashboard.precompress

# A number, not a name, so that an orchestrator can see that it is not root. Code and inputs stay root's;
# only snapshots and restricted extracts belong to the user who serves.
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin dashboard \
    && install -d -m 0755 -o 10001 data/snapshots \
    && install -d -m 0755 -o 10001 data/illustrative \
    && install -d -m 0700 -o 10001 data/restricted
USER 10001

# At build time, so that the container starts at once and runs on a read-only file system, with /tmp in memory, where
# Chromium has its profile and the workers leave each other what they drew:
# docker run --read-only --tmpfs /tmp:size=512m --cap-drop ALL --security-opt no-new-privileges
# Made-up extracts stand in for real ones; once counted they are only weight, and are made again by the same command.
RUN python -m etl synthesise \
    && python -m etl build --yes \
    && find data/illustrative data/restricted -mindepth 1 -delete

ENV HOST=0.0.0.0 \
    PORT=8050
EXPOSE 8050

# http.client rather than urllib: a proxy set in the environment must not answer for this server.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import http.client, os, sys; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); c.request('GET', '/healthz'); sys.exit(c.getresponse().status != 200)"]

CMD ["gunicorn", "--config", "gunicorn.conf.py", "app:server"]
