"""Parquet (extra "parquet"): a row an article, the columns by their names."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import ReadError
from kg.records import Article
from kg.sources.columns import map_columns
from kg.sources.compression import seekable
from kg.sources.extras import load_extra
from kg.sources.fields import json_article
from kg.sources.source import Placed, Source, refuse_broken
from kg.sources.streams import RATIO

BATCH = 64  # rows


def read_parquet(source: Source) -> Iterator[Placed]:
    """The articles of a Parquet file, some rows at a time. Raises ReadError."""
    parquet = load_extra("pyarrow.parquet", "parquet", source.where)
    stream = seekable(source)
    number = 0
    with refuse_broken(source.where, "not a Parquet file that can be read"):
        table = parquet.ParquetFile(stream, pre_buffer=False)
        names = table.schema_arrow.names
        fields = map_columns(names, source.settings.columns, source.where)
        check_swelling(table.metadata, stream.seek(0, 2), source)
        for batch in table.iter_batches(batch_size=BATCH, columns=[names[place] for place in fields.values()]):
            for row in list_rows(batch):
                number += 1
                place = f"{source.where} row {number}"
                yield place, make_article(row, {field: names[at] for field, at in fields.items()}, place)


def list_rows(batch: Any) -> list[Mapping[str, object] | str]:
    """The rows of a batch; of one with values that are broken, as text that is not UTF-8, what is wrong with it."""
    try:
        return batch.to_pylist()  # type: ignore[no-any-return]
    except ValueError:
        return [read_row(batch.slice(number, 1)) for number in range(batch.num_rows)]


def read_row(batch: Any) -> Mapping[str, object] | str:
    """The one row of a batch, or what is wrong with it."""
    try:
        return batch.to_pylist()[0]  # type: ignore[no-any-return]
    except ValueError as error:
        return f"a broken value: {error}"


def check_swelling(metadata: Any, size: int, source: Source) -> None:
    """Raises ReadError if a group of rows, which may have to be held at once, is a compression bomb."""
    for group in range(metadata.num_row_groups):
        unpacked: int = metadata.row_group(group).total_byte_size
        if unpacked > source.limit + RATIO * size:
            raise ReadError(source.where, f"a compression bomb: {unpacked:,} bytes out of {size:,}")


def make_article(row: Mapping[str, object] | str, fields: Mapping[str, str], where: str) -> Article | ReadError:
    """The article of a row, or what is wrong with it."""
    if isinstance(row, str):
        return ReadError(where, row)
    try:
        return json_article({field: plain_value(row[name]) for field, name in fields.items()}, where)
    except ReadError as error:
        return error


def plain_value(value: object) -> object:
    """A value as JSON would have it: dates and times as text."""
    return value.isoformat() if isinstance(value, datetime.date) else value
