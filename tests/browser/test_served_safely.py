"""What goes over the wire: health, security headers, compression, caching."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import APIRequestContext, BrowserContext
from served import Dashboard
from visits import KINDS, Visit, wait_until_drawn

from dashboard.addresses import AREA_PATHS, PATHS

PAGES = ["/", "/region/E12000005", "/area/E08000027", "/workforce", "/about", "/no-such-page"]
WATCHED = [
    *KINDS, "/agenda", "/agenda?region=E12000005", "/briefing?area=E12000005", "/indicators?q=ppe&kind=returns",
    "/compare?chart=map", "/compare?chart=heatmap", "/?measure=no-such-measure", "/no-such-page",
]  # fmt: skip
"""One page of each kind at least, and what leads nowhere: a real browser sees whether the policy stops anything."""
PLOTLY = "/_dash-component-suites/plotly/package_data/plotly.min.js"


HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


def policy_of(reply) -> dict[str, list[str]]:
    """Return the directives of the reply's content-security policy."""
    parts = [part.split() for part in reply.headers["content-security-policy"].split(";") if part.strip()]
    return {name: values for name, *values in parts}


def test_says_that_it_is_well_and_which_snapshot_is_live(web: APIRequestContext, dashboard: Dashboard):
    reply = web.get("/healthz")
    current = (dashboard.data / "snapshots" / "CURRENT").read_text(encoding="utf-8").strip()
    assert reply.status == 200
    assert reply.json() == {"status": "ok", "snapshot": current, "problem": ""}


@pytest.mark.parametrize("path", [*PAGES, "/healthz", "/_dash-layout", "/download/ranking.csv?area=E92000001"])
def test_sends_the_security_headers(web: APIRequestContext, path: str):
    reply = web.get(path)
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["x-frame-options"] == "DENY"
    assert reply.headers["referrer-policy"] in ("same-origin", "no-referrer", "strict-origin-when-cross-origin")
    assert "content-security-policy" in reply.headers


@pytest.mark.parametrize("path", PAGES)
def test_lets_only_its_own_scripts_run(web: APIRequestContext, path: str):
    policy = policy_of(web.get(path))
    scripts = policy["script-src"]
    assert "'self'" in scripts
    assert all(source == "'self'" or re.fullmatch(r"'sha256-[A-Za-z0-9+/=]+'", source) for source in scripts)
    assert policy["default-src"] == ["'self'"]
    assert policy["connect-src"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]


@pytest.mark.parametrize("path", [*PAGES[:-1], "/_dash-layout", PLOTLY])
@pytest.mark.parametrize("accepted", ["br", "gzip"])
def test_compresses_what_it_sends(web: APIRequestContext, path: str, accepted: str):
    reply = web.get(path, headers={"accept-encoding": accepted})
    assert reply.headers["content-encoding"] == accepted
    assert "accept-encoding" in reply.headers["vary"].lower()


def test_compresses_the_page_that_a_callback_returns(web: APIRequestContext):
    wanted = "_pages_content.children"
    known = web.get("/_dash-dependencies").json()
    output = next(entry["output"] for entry in known if wanted in entry["output"])
    where = [{"id": "_pages_location", "property": name, "value": value} for name, value in
             (("pathname", "/area/E08000027"), ("search", ""))]  # fmt: skip
    body = {
        "output": output,
        "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
        "inputs": where,
        "changedPropIds": ["_pages_location.pathname"],
    }
    reply = web.post("/_dash-update-component", data=body, headers={"accept-encoding": "br"})
    assert reply.status == 200
    assert reply.headers["content-encoding"] == "br"
    assert "Dudley" in json.dumps(reply.json())


def test_lets_browsers_keep_the_scripts_it_names_by_content(web: APIRequestContext):
    scripts = re.findall(r'src="(/_dash-component-suites/[^"]+)"', web.get("/").text())
    assert len(scripts) > 5
    for script in scripts:
        assert int(re.search(r"max-age=(\d+)", web.get(script).headers["cache-control"])[1]) >= 86_400, script


def test_does_not_send_the_charts_script_twice(web: APIRequestContext):
    first = web.get(PLOTLY)
    assert web.get(PLOTLY, headers={"if-none-match": first.headers["etag"]}).status == 304


@pytest.mark.parametrize("path", ["/assets/dashboard.css", "/assets/navigation.js"])
def test_lets_browsers_keep_assets_for_a_while(web: APIRequestContext, path: str):
    assert int(re.search(r"max-age=(\d+)", web.get(path).headers["cache-control"])[1]) >= 600


@pytest.mark.parametrize("path", PAGES)
def test_never_lets_a_page_grow_old_in_a_cache(web: APIRequestContext, path: str):
    assert "no-cache" in web.get(path).headers["cache-control"]


def test_looks_in_a_browser_at_every_page_that_there_is():
    looked_at = {urlsplit(address).path for address in WATCHED}
    assert set(PATHS) <= looked_at
    assert {path.split("/")[1] for path in looked_at} >= set(AREA_PATHS)


@pytest.mark.parametrize("drawn", WATCHED, indirect=True)
def test_breaks_no_rule_of_its_own_in_a_browser(drawn: Visit):
    assert {name: drawn.headers.get(name) for name in HEADERS} == HEADERS
    scripts = policy_of(drawn)["script-src"]
    assert not [source for source in scripts if source in ("'unsafe-inline'", "'unsafe-eval'", "*") or ":" in source]
    assert drawn.page.evaluate("window.violations") == []
    assert [said for said in drawn.complaints if "Content Security Policy" in said or "Refused to" in said] == []
    assert drawn.page.context.cookies() == []


def test_stops_a_script_that_is_written_into_the_page(warm_context: BrowserContext):
    """The rules hold, and would be seen to: a script and a handler of somebody else's do not run."""
    page = warm_context.new_page()
    page.goto("/about")
    wait_until_drawn(page)
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'window.taken = true';
          document.body.append(script);
          document.body.insertAdjacentHTML('beforeend', '<button id="bait" onclick="window.taken = true">x</button>');
          document.getElementById('bait').click();
        }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.taken") is None
    assert len(page.evaluate("window.violations")) == 2
    page.close()


@pytest.mark.parametrize("path", ["/metrics", "/readyz", "/export/page.xlsx?page=/workforce", "/feeds/releases.atom"])
def test_protects_answers_to_programs_too(web: APIRequestContext, path: str):
    reply = web.get(path)
    assert reply.status == 200
    assert {name: reply.headers.get(name) for name in HEADERS} == HEADERS
    assert policy_of(reply)["default-src"] == ["'self'"]
    assert re.fullmatch(r"[0-9a-f]{32}", reply.headers["x-request-id"])
