"""Loading the catalogue: a slip in a TOML file is named, never guessed around."""

from __future__ import annotations

import shutil

import pytest
from pydantic import ValidationError

from etl.catalogue import FOLDER, find_contradictions, load_catalogue
from etl.catalogue.model import Break, Indicator, Recommendation, RefuseRule, Source, Spotlight
from etl.errors import CatalogueError

RULE = {"rule": "r", "column": "Code", "reason": "Why."}
ASK = {"summary": "Ask.", "owner": "DHSC", "organisations": ["DHSC"], "section": "S", "evidence": "It tells."}
EXAMPLE = {"title": "T", "place": "P", "area_code": "E06000001", "section": "S", "summary": "Done."}


@pytest.fixture
def folder(tmp_path):
    for file in FOLDER.glob("*.toml"):
        shutil.copy(file, tmp_path)
    return tmp_path


def edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_loads_the_same_from_anywhere(folder):
    assert load_catalogue(folder) == load_catalogue()


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("indicators.toml", "polarity =", "polarty =", r"indicators\.toml, entry ipc_1_1_.*polarty: Extra inputs"),
        ("indicators.toml", "author =", "# author =", r"author: Field required"),
        ("indicators.toml", '"higher is better"', '"up is better"', r"polarity: Input should be 'higher is better'"),
        ("indicators.toml", "_yes_percent", "_yes_count", r"the id must end in _percent, as its unit says"),
        ("sources.toml", '"OGL-3.0"', '"free"', r"licence: Input should be 'OGL-3\.0' or 'CC-BY-4\.0'"),
        ("sources.toml", 'folder = "taskforce-report"', "", r"folder, file and table go together"),
        (
            "sources.toml",
            "says = ['homes reporting']",
            "says = ['(homes']",
            r"nhs_vaccination: .*no.* regular",
        ),
        ("recommendations.toml", "number = 52", "number = 53", r"entry 53: number: Input should be less than"),
        ("recommendations.toml", "number = 52", "number = 51", r"recommendation 51 is declared 2 times"),
        ("recommendations.toml", 'data_held = "none"', 'data_held = "aim"', r'data_held is "none" where indicators is'),
        ("recommendations.toml", 'owner = "CQC"', 'owner = ""', r"owner and organisations go together"),
        ("spotlights.toml", "recommendations = [45]", "recommendations = [53]", r"recommendation 53 is not declared"),
        ("breaks.toml", "[[break]]", "[[brake]]", r"unknown section 'brake'; every entry begins with \[\[break\]\]"),
        ("breaks.toml", "[[break]]", "[[break]", r"breaks\.toml is not valid TOML: .* Mend the line it names"),
        ("breaks.toml", '"tracker_completion_percent"', '"tracker_percent"', r"indicator 'tracker_percent' is not dec"),
    ],
)
def test_names_the_file_the_entry_and_the_slip(folder, name, old, new, message):
    edit(folder / name, old, new)
    with pytest.raises(CatalogueError, match=rf"(?s){message}"):
        load_catalogue(folder)


def test_names_a_file_that_is_missing(folder):
    (folder / "breaks.toml").unlink()
    with pytest.raises(CatalogueError, match=r"breaks\.toml is missing\. Restore it from the repository"):
        load_catalogue(folder)


def test_finds_every_reference_that_leads_nowhere_at_once(make_catalogue, make_indicator, make_source):
    change = {"date": "2022-04-01", "date_text": "", "source": "t", "what": "", "effect": ""}
    catalogue = make_catalogue(
        sources=(make_source(), make_source()),
        indicators=(make_indicator(), make_indicator(source_id="nowhere", also_from=["made_up", "beyond"])),
        recommendations=(Recommendation(number=1, indicators=("no_count", "deaths_count"), data_held="aim", **ASK),),
        spotlights=(Spotlight(id="s", indicators=("lost_*",), recommendations=(1, 2), **EXAMPLE),),
        breaks=(Break(id="b", indicators=("deaths_*", "gone_percent", "gone_*", "*"), **change),),
    )
    assert find_contradictions(catalogue) == [
        "source 'made_up' is declared 2 times",
        "indicator 'deaths_count' is declared 2 times",
        "indicator deaths_count: source 'nowhere' is not declared",
        "indicator deaths_count: source 'beyond' is not declared",
        "recommendation 1: indicator 'no_count' is not declared",
        "spotlight s: indicator 'lost_*' is not declared",
        "break b: indicator 'gone_percent' is not declared",
        "break b: indicator 'gone_*' is not declared",
        "spotlight s: recommendation 2 is not declared",
    ]


@pytest.mark.parametrize("conditions", [{}, {"one_of": ["a"], "starts_with": ["b"]}, {"one_of": []}])
def test_wants_exactly_one_condition_in_a_rule(conditions):
    with pytest.raises(ValidationError, match="give exactly one of starts_with, one_of, other_than"):
        RefuseRule(**RULE, **conditions)


def test_cannot_be_changed_once_loaded(make_source):
    with pytest.raises(ValidationError, match="frozen"):
        make_source().title = "Another"


def test_finds_a_source_by_its_id(make_catalogue):
    assert isinstance(make_catalogue().source("made_up"), Source)
    with pytest.raises(KeyError):
        make_catalogue().source("nowhere")


@pytest.mark.parametrize("unit", ["percent", "count", "per 1,000", "per 100,000"])
def test_wants_the_unit_in_the_id(make_indicator, unit):
    ending = unit.replace(" ", "_").replace(",", "")
    assert isinstance(make_indicator(id=f"deaths_{ending}", unit=unit), Indicator)
    with pytest.raises(ValidationError, match="the id must end in"):
        make_indicator(id="deaths_count" if unit != "count" else "deaths_percent", unit=unit)


def test_wants_totals_for_a_share_of_one_and_for_nothing_else(make_indicator):
    share = {"id": "deaths_percent", "unit": "percent", "calculation": "share of total"}
    assert make_indicator(**share, denominator_measures=["people"]).denominator_measures == ("people",)
    for entry in (share, {"denominator_measures": ["people"]}):
        with pytest.raises(ValidationError, match="has denominator_measures"):
            make_indicator(**entry)


@pytest.mark.parametrize(
    ("names", "indicator", "expected"),
    [
        (["cases_*"], "cases_week_count", True),
        (["cases_week_count"], "cases_week_count", True),
        (["cases_week_count"], "cases_week_counted", False),
        (["cases_*"], "new_cases_count", False),
        ([], "cases_week_count", False),
    ],
)
def test_knows_which_indicators_a_break_concerns(names, indicator, expected):
    entry = {"id": "b", "date": "2020-07-02", "date_text": "", "source": "s", "what": "", "effect": ""}
    assert Break(indicators=names, **entry).concerns(indicator) is expected
