"""Columns of numbers, one value a block, and what is computed of them along a page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]
Columns = dict[str, Column]
Numbers = npt.NDArray[np.intp]


def columns_of(rows: Sequence[bytes], names: Sequence[str]) -> Columns:
    """Named columns of rows that have one double a name, packed.

    >>> rows = [np.array(values).tobytes() for values in ((1.0, 2.0), (3.0, 4.0))]
    >>> {name: column.tolist() for name, column in columns_of(rows, ("a", "b")).items()}
    {'a': [1.0, 3.0], 'b': [2.0, 4.0]}
    """
    values = np.frombuffer(b"".join(rows))
    return dict(zip(names, values.reshape(len(rows), len(names)).T.copy(), strict=True))


def running_sums(values: Column) -> Column:
    """Sum of all values before each place, and of all of them at the end.

    >>> running_sums(np.array([2.0, 3.0])).tolist()
    [0.0, 2.0, 5.0]
    """
    sums = np.zeros(len(values) + 1)
    np.cumsum(values, out=sums[1:])
    return sums


def spans_around(n: int, width: int) -> tuple[Numbers, Numbers]:
    """First number and end of the neighbourhood of each of `n` blocks: `width` on each side, as far as there are.

    >>> [side.tolist() for side in spans_around(3, 1)]
    [[0, 0, 1], [2, 3, 3]]
    """
    numbers = np.arange(n)
    return np.maximum(numbers - width, 0), np.minimum(numbers + width + 1, n)


def shift(values: Column, step: int) -> Column:
    """For each block the value of the block `step` further on, -1 where there is none.

    >>> shift(np.array([2.0, 3.0]), 1).tolist(), shift(np.array([2.0, 3.0]), -1).tolist()
    ([3.0, -1.0], [-1.0, 2.0])
    """
    moved = np.full(len(values), -1.0)
    if 0 < step < len(values):
        moved[:-step] = values[step:]
    elif -len(values) < step < 0:
        moved[-step:] = values[:step]
    return moved


def distances(flags: npt.NDArray[np.bool_]) -> Column:
    """Blocks between each block and the last flagged one before it, up to 40; 40 where none is.

    >>> distances(np.array([False, True, False, False])).tolist()
    [40.0, 40.0, 0.0, 1.0]
    """
    numbers = np.arange(len(flags))
    last = np.full(len(flags), -41)
    np.maximum.accumulate(np.where(flags, numbers, -41)[:-1], out=last[1:])
    gaps: Column = np.minimum(40.0, numbers - last - 1.0)
    return gaps
