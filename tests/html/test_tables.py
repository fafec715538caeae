from __future__ import annotations

from newsclean.html.parsing import parse
from newsclean.html.tables import rows


def test_tables_that_lay_out_a_page_have_no_rows() -> None:
    assert rows(
        parse("<table><tr><td>Menu<td><table><tr><td>Rain<td>fell<tr><td>all<td>day</table></table>")
    ) == [
        (1, 2),
        (3, 4),
    ]
    around = "<table><tr><td>Menu<td>Home<tr><td>News<td>Sport<tr><td>{}</table>"
    assert rows(parse(around.format("Rain fell"))) == [(0, 1), (2, 3)]
    inner = "<table><tr><td>Rain<td>fell<tr><td>all<td>day</table>"
    assert rows(parse(around.format(inner))) == [(4, 5), (6, 7)]
    assert rows(parse("<table><tr><td>Menu<td>Rain fell</table>")) == []
    assert rows(parse("<table role=presentation><tr><th>Menu<th>Rain<tr><td>fell<td>here</table>")) == []


def test_a_row_with_a_long_cell_stays_apart() -> None:
    html = f"<table><tr><th>Day<th>Rain<tr><td>Monday<td>{'much ' * 50}<tr><td>Tuesday<td>none</table>"
    assert rows(parse(html)) == [(0, 1), (4, 5)]
