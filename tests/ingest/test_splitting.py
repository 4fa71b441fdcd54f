"""The splitter beside Python's csv module: the same cells, or a refusal to tell."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from geo.ingest import splitting
from geo.ingest.splitting import CannotSplitError, split

WIDTH = 3
TEXT = st.text(alphabet=list('ab1å€ \t;"\r\n'), max_size=60)


def by_csv(text: str) -> tuple[list[list[str]], list[int], list[int]]:
    """Read with csv; give full-width cells, their records' numbers, and the ragged ones."""
    cells, numbers, ragged = [], [], []
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=";")):
        if not any(cell.strip() for cell in row):
            continue
        numbers.append(number)
        if len(row) < WIDTH or any(cell.strip() for cell in row[WIDTH:]):
            ragged.append(number)  # empty cells beyond the last column are a spreadsheet's habit
        cells.append((row + [""] * WIDTH)[:WIDTH])
    return cells, numbers, ragged


def by_us(text: str) -> tuple[list[list[str]], list[int], list[int]]:
    """Read with the splitter, the same way."""
    got = split(
        io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8", newline=""),
        separator=";", skip=0, width=WIDTH, at={"x": 0, "y": 1, "z": 2},
    )  # fmt: skip
    ragged = list(got.ragged)
    frame = got.frame(without_last=False)
    return frame.to_numpy().tolist(), [n - 1 for n in frame.index], [n - 1 for n in ragged]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=TEXT, block=st.sampled_from([7, 1_000]))
@example(text="1;;;", block=7)
def test_the_cells_are_those_of_the_csv_module(
    monkeypatch: pytest.MonkeyPatch, text: str, block: int
) -> None:
    monkeypatch.setattr(splitting, "BLOCK_CHARS", block)
    try:
        ours = by_us(text)
    except CannotSplitError:
        return  # the csv module reads it then
    theirs = by_csv(text)
    assert ours[1:] == theirs[1:]
    for mine, peer, number in zip(ours[0], theirs[0], ours[1], strict=True):
        assert number in ours[2] or mine == peer


@pytest.mark.parametrize("path", ["compiled", "plain"])
def test_a_hard_table_by_hand_also_without_the_compiler(
    monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    if path == "plain":
        monkeypatch.setattr(splitting, "compiled", lambda loop: loop)
    text = 'a;"b;""c""\r\nd";€\r\n\r\n;;\n"";åb;\n1;2\n1;2;3'
    want = [["a", 'b;"c"\r\nd', "€"], ["", "åb", ""], ["1", "2", ""], ["1", "2", "3"]]
    cells, numbers, ragged = by_us(text)
    assert [c for c, n in zip(cells, numbers, strict=True) if n not in ragged] == [
        *want[:2],
        want[3],
    ]
    assert (numbers, ragged) == ([0, 3, 4, 5], [4])
    assert by_csv(text) == (want, numbers, ragged)
