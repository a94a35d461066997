"""CSV on the Web (W3C): csv-metadata.json says what each column of each CSV is, so that a machine can check it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from dashboard.archive import Holding, TableFile, read_meaning

Json = dict[str, Any]

KEYS = {
    "observations": ["indicator_id", "area_code", "date"],
    "indicators": ["id"],
    "areas": ["code"],
    "sources": ["id"],
    "recommendations": ["number"],
    "spotlights": ["id"],
    "breaks": ["id"],
}
"""The columns that name one row, where a table has such."""
REFERENCES = {"indicator_id": ("indicators", "id"), "area_code": ("areas", "code"), "source_id": ("sources", "id")}
"""Columns that name a row of another table."""
POINTING = ("observations", "limits", "changes", "spread", "funnels", "contributions", "similar_areas", "spotlights")
"""Tables whose references all lead somewhere."""


def describe_tables(holding: Holding) -> Json:
    """Return the metadata of a snapshot's CSV files, as the Recommendation of 17 December 2015 has them."""
    record = holding.record
    made_up = " Some rows were made up to show how the dashboard works: is_illustrative is true in them."
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": f"Adult social care COVID-19 dashboard, snapshot {holding.id}",
        "dc:description": "Figures on COVID-19 and adult social care in England, with their definitions and sources."
        + (made_up if record.is_illustrative else ""),
        "dc:identifier": holding.id,
        "dc:date": record.data_date,
        "dc:license": {"@id": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"},
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "tables": [describe_table(table, among=holding) for table in holding.tables.values()],
    } | ({"dc:issued": record.published_at} if record.published_at else {})


def describe_table(table: TableFile, *, among: Holding) -> Json:
    """Return the metadata of one table's CSV."""
    names = table.schema.names
    schema: Json = {"columns": [_describe_column(field, key=KEYS.get(table.name, [])) for field in table.schema]}
    if set(KEYS.get(table.name, ["?"])) <= set(names):
        schema["primaryKey"] = KEYS[table.name]
    references = [
        {"columnReference": name, "reference": {"resource": f"{target}.csv", "columnReference": column}}
        for name, (target, column) in REFERENCES.items()
        if table.name in POINTING and name in names and target in among.tables
    ]
    if references:
        schema["foreignKeys"] = references
    said = {"dc:description": table.meaning} if table.meaning else {}
    return {"url": f"{table.name}.csv", "dc:title": table.name, **said, "tableSchema": schema}


def _describe_column(field: pa.Field, *, key: list[str]) -> Json:
    column: Json = {"name": field.name, "titles": field.name, "datatype": _name_type(field.type)}
    meaning = read_meaning(field)
    if meaning:
        column["dc:description"] = meaning
    if field.name in key:
        column["required"] = True
    return column


def _name_type(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_date(kind):
        return "date"
    if pa.types.is_integer(kind):
        return "integer"
    return "double" if pa.types.is_floating(kind) else "string"
