"""What a column and a table are: the words that every schema statement is written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, Arrow type and everything a reader of the codebook needs.

    `unit` says what a number counts or what its offsets are based on; `source` names the term of a
    public vocabulary that the column corresponds to; `warning` is shown wherever the column is.

    >>> Column("n_words", pa.int32(), "Words of the text.", unit="words").field()
    pyarrow.Field<n_words: int32>
    """

    name: str
    type: pa.DataType
    doc: str
    unit: str = ""
    source: str = ""
    warning: str = ""
    required: bool = False

    def field(self) -> pa.Field:
        """The Arrow field; columns that are `required` are not nullable."""
        return pa.field(self.name, self.type, nullable=not self.required)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns, its key, and the total order its files are written in."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]
    warning: str = ""

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name!r}")

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in file order."""
        return tuple(column.name for column in self.columns)

    def schema(self) -> pa.Schema:
        """The Arrow schema of the table's files."""
        return pa.schema([column.field() for column in self.columns])


TEXT = pa.string()
FLAG = pa.bool_()
COUNT = pa.int32()
OFFSET = pa.int32()
RAW_OFFSET = pa.int64()
DAY = pa.date32()
INSTANT = pa.timestamp("us", tz="UTC")
WALL_TIME = pa.timestamp("us")
NUMBER = pa.float64()
TEXTS = pa.list_(pa.string())
BYTES = pa.large_binary()
