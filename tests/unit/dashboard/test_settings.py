from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.settings import ROOT, read_settings


def test_needs_nothing_from_the_environment():
    settings = read_settings({})
    assert settings.snapshots == ROOT / "data" / "snapshots"
    assert (settings.host, settings.port) == ("127.0.0.1", 8050)


def test_takes_what_the_environment_says(tmp_path: Path):
    settings = read_settings({"ASC_DATA_DIR": str(tmp_path), "HOST": "0.0.0.0", "PORT": "9000"})  # noqa: S104
    assert settings.snapshots == tmp_path / "snapshots"
    assert (settings.host, settings.port) == ("0.0.0.0", 9000)  # noqa: S104


def test_takes_an_empty_variable_for_one_that_is_not_set():
    assert read_settings({"PORT": "", "HOST": "", "ASC_DATA_DIR": ""}) == read_settings({})


@pytest.mark.parametrize("port", ["0", "65536", "-1", "80a", "eighty", "8050.0", " ", "٨٠٥٠", "²"])
def test_names_the_variable_that_is_wrong(port: str):
    with pytest.raises(ValueError, match="PORT"):
        read_settings({"PORT": port})


@pytest.mark.parametrize("address", ["https://example.org/feedback?from=dashboard", "mailto:team@example.org"])
def test_takes_an_address_for_feedback(address: str):
    assert read_settings({"FEEDBACK_URL": address}).feedback_url == address


@pytest.mark.parametrize(
    "address",
    ["http://example.org", "javascript:alert(1)", "https://", "mailto:", "mailto:team", "example.org", "https://[x"],
)
def test_refuses_an_address_for_feedback_that_is_not_safe(address: str):
    with pytest.raises(ValueError, match=r"FEEDBACK_URL.*mailto:team@example\.org"):
        read_settings({"FEEDBACK_URL": address})
