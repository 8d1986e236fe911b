from __future__ import annotations

from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.web._bars import PARTS, draw_chart, nice_top
from dateline.web._span import MOST_BARS, RANGES, UNITS, Span, choose_span, label_bar, name_bar, start_of

TODAY = date(2026, 11, 22)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(days, days, st.sampled_from(sorted(RANGES)), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_every_span_has_few_bars_that_cover_it(one, other, name, today):
    first, last = sorted((one, other))
    span = choose_span(name, today, (first, last))
    bars = span.bars()
    assert 1 <= len(bars) <= MOST_BARS + 40 if span.unit == "century" else 1 <= len(bars) <= MOST_BARS + 2
    assert bars[0] == start_of(span.first, span.unit) and bars[-1] == start_of(span.last, span.unit)
    assert len(set(bars)) == len(bars) and bars == sorted(bars)


@pytest.mark.parametrize("unit", UNITS)
def test_units_begin_where_duckdb_begins_them(unit):
    wanted = [date(2026, 11, 22), date(1999, 12, 31), date(2000, 1, 1), date(2001, 1, 1), date(101, 3, 3)]
    for day in wanted:
        (found,) = duckdb.execute(f"SELECT date_trunc('{unit}', DATE '{day}')::DATE").fetchone()
        assert start_of(day, unit) == found


@given(days, st.sampled_from(UNITS))
def test_every_bar_has_a_name_and_a_label(day, unit):
    start = start_of(day, unit)
    assert name_bar(start, unit) and label_bar(start, unit)


@pytest.mark.parametrize(
    ("name", "edges", "wanted"),
    [
        ("30d", (date(2026, 1, 1), date(2026, 11, 20)), Span(date(2026, 10, 24), TODAY, "day")),
        ("30d", (date(2007, 1, 1), date(2007, 7, 3)), Span(date(2007, 6, 4), date(2007, 7, 3), "day")),
        ("1y", (date(2020, 1, 1), TODAY), Span(date(2025, 11, 23), TODAY, "week")),
        ("all", (date(2022, 10, 1), date(2026, 11, 8)), Span(date(2022, 10, 1), date(2026, 11, 8), "month")),
        ("all", (date(1790, 1, 1), TODAY), Span(date(1790, 1, 1), TODAY, "decade")),
    ],
)
def test_spans_end_today_or_with_the_last_day(name, edges, wanted):
    assert choose_span(name, TODAY, edges) == wanted


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9)), max_size=30))
def test_no_bar_leaves_the_drawing(counts):
    span = Span(date(2026, 1, 1), date(2026, 1, 30), "day")
    rows = [
        {"first_day": day, **dict(zip(PARTS, count, strict=True))}
        for day, count in zip(span.bars(), counts, strict=False)
    ]
    chart = draw_chart(rows, span)
    assert sum(bar.total for bar in chart.bars) == sum(map(sum, counts))
    for bar in chart.bars:
        assert all(-0.01 <= float(part.top[:-1]) <= 100 for part in bar.parts)
        assert float(bar.left[:-1]) + float(bar.width[:-1]) <= 100.01


@given(st.integers(0, 10**12))
def test_the_scale_holds_the_tallest_bar_and_wastes_little(most):
    assert most <= nice_top(most) <= max(1, 2 * most)
