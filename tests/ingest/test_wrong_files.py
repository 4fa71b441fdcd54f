"""Wrong files: refused with what was found and what to do, in little memory; nothing is stored."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pyproj import Transformer

from geo.errors import IngestError
from geo.ingest import Ingested, Mapping
from geo.pipeline import Workspace, load
from geo.settings import Profile

HEAD = "Nr;Tid;Typ;E;N\n"
LIMIT_MB = 512
EXTENT = [478_000.0, 6_293_000.0, 498_000.0, 6_313_000.0]
MAPPING: dict[str, Any] = {
    "frame": "incidents", "source": "bolaget", "crs": "EPSG:3006", "timezone": "Europe/Stockholm",
    "columns": {"ref": "Nr", "x": "E", "y": "N", "occurred_from": "Tid", "category": "Typ"},
    "categories": {"Inbrott": "burglary"},
}  # fmt: skip
CHILD = """
import json, sys
from pathlib import Path
from geo.errors import LagesbildError
from geo.ingest import Mapping
from geo.pipeline import Workspace, load
def peak():
    rows = Path("/proc/self/status").read_text().splitlines()
    return int(next(r for r in rows if r.startswith("VmHWM")).split()[1]) / 1024
before, said = peak(), ""
workspace = Workspace.open(Path(sys.argv[1]))
with workspace.store() as store:
    try:
        load(workspace, store, Path(sys.argv[2]), mapping=Mapping.parse(json.loads(sys.argv[3])))
    except LagesbildError as error:
        said = str(error)
    print(json.dumps({"mb": peak() - before, "said": said, "rows": len(store.read("incidents"))}))
"""


def rows(crs: str = "EPSG:3006", *, swap: bool = False, n: int = 30, kind: str = "Inbrott") -> str:
    """Write incidents round Växjö."""
    rng = np.random.default_rng(1)
    east, north = 488_177 + rng.normal(0, 800, n), 6_303_934 + rng.normal(0, 800, n)
    x, y = Transformer.from_crs("EPSG:3006", crs, always_xy=True).transform(east, north)
    if swap:
        x, y = y, x
    return HEAD + "".join(f"K{i};2026-11-20 21:30;{kind};{x[i]:.3f};{y[i]:.3f}\n" for i in range(n))


def zip_of_zeros(path: Path) -> None:
    """Pack 64 MiB of zeros in an archive that says it is a workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(64 * 1024**2))


def sparse(path: Path) -> None:
    """Make a file of 2 GB of zeros that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(2 * 1000**3)


def packed_zeros(path: Path, *, times: int = 1) -> None:
    """Pack 130 MB of zeros behind a good start, once or twice over."""
    content = rows().encode() + (b"0" * 99 + b"\n") * 1_300_000
    for _ in range(times):
        content = gzip.compress(content, compresslevel=9)
    path.write_bytes(content)


def text(content: str, encoding: str = "utf-8") -> Callable[[Path], object]:
    """Give what writes a text."""
    return lambda path: path.write_bytes(content.encode(encoding))


WRONG: dict[str, tuple[str, Callable[[Path], object], dict[str, Any], str]] = {
    "RT90 as SWEREF": ("a.csv", text(rows("EPSG:3021")), {}, "RT90 2.5 gon V"),
    "swapped axes": ("a.csv", text(rows(swap=True)), {}, "x and y swapped"),
    "neighbouring zone": ("a.csv", text(rows("EPSG:3008")), {"crs": "EPSG:3009"}, "EPSG:3008"),
    "degrees as metres": ("a.csv", text(rows("EPSG:4326")), {}, "EPSG:4326"),
    "cp1252 as UTF-8": (
        "a.csv", text(rows(kind="Övrigt"), "cp1252"), {"encoding": "utf-8"}, "encoding"),
    "empty": ("a.csv", text(""), {}, "is empty"),
    "header only": ("a.csv", text(HEAD), {}, "header and no rows"),
    "a PDF": ("a.csv", text("%PDF-1.7\n" + rows()), {}, "found: a PDF"),
    "10 000 columns without ours": (
        "a.csv", text(";".join(f"k{i}" for i in range(10_000)) + "\n" + "1;" * 9_999 + "1\n"),
        {}, "lacks 5 of the mapping's columns"),
    "zip bomb": ("a.xlsx", zip_of_zeros, {}, "at most 2 GiB and 200 times"),
    "gzip bomb": ("a.csv.gz", packed_zeros, {}, "at most 2 GiB and 200 times"),
    "gzip in gzip": ("a.csv.gz", lambda p: packed_zeros(p, times=2), {}, "packed twice"),
    "2 GB of zeros": ("a.csv", sparse, {}, "only blank or zero bytes"),
    "a date in year 0202": (
        "a.csv", text(rows().replace("2026-11-20", "0202-11-20")), {},
        "30 of 30 rows rejected: time_out_of_range (30)"),
}  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty municipality with an extent."""
    raw = {"name": "Prov", "crs": "EPSG:3006", "timezone": "Europe/Stockholm", "extent": EXTENT}
    return Workspace.create(tmp_path / "prov", Profile.parse(raw))


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_in_words_and_nothing_is_stored(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    file, write, other, said = WRONG[name]
    path = tmp_path / file
    write(path)
    mapping = Mapping.parse(MAPPING | other)
    with workspace.store() as store:
        with pytest.raises(IngestError) as caught:
            load(workspace, store, path, mapping=mapping)
        assert said in str(caught.value)
        assert "fix: " in str(caught.value)
        assert store.read("incidents").empty
        assert store.batches().empty


@pytest.mark.parametrize("name", ["gzip bomb", "2 GB of zeros", "10 000 columns without ours"])
def test_a_huge_file_is_refused_in_little_memory(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    file, write, _, said = WRONG[name]
    path = tmp_path / file
    write(path)
    given = [str(workspace.folder), str(path), json.dumps(MAPPING)]
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *given], capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    assert said in told["said"]
    assert told["rows"] == 0
    assert told["mb"] <= LIMIT_MB


def test_what_is_odd_in_cells_is_kept_apart_and_counted(
    read: Callable[..., Ingested], incidents: dict[str, Any]
) -> None:
    good = "K{};2026-11-20 21:30;Inbrott;488177;6303934\n"
    odd = [
        "F1;=NOW();Inbrott;488177;6303934\n",  # a formula is no date
        "F2;2026-11-20 21:30;Inbrott;=A1;6303934\n",  # nor a number
        "N1;2026-11-20 21:30;Inbrott;NaN;NaN\n",
        "N2;2026-11-20 21:30;Inbrott;inf;6303934\n",
        "Y1;0202-11-20 21:30;Inbrott;488177;6303934\n",
    ]
    content = HEAD + "".join(good.format(k) for k in range(200)) + "".join(odd)
    got = read(content, incidents, extent=tuple(EXTENT))
    reasons = [reason for reasons in got.rejects["reasons"] for reason in reasons]
    assert sorted(reasons) == ["time_out_of_range", "time_unreadable"]
    assert got.n_unlocated == 3
    assert got.n_read == 205


def test_a_formula_as_a_word_is_only_a_word(
    read: Callable[..., Ingested], incidents: dict[str, Any]
) -> None:
    got = read(HEAD + 'A;2026-11-20 21:30;"=HYPERLINK(""x"")";488177;6303934\n', incidents)
    assert got.categories == {"other": 1}
    assert got.accepted["source_category"][0] == '=HYPERLINK("x")'


def test_four_hundred_kinds_are_taken_for_free_text(
    read: Callable[..., Ingested], incidents: dict[str, Any]
) -> None:
    content = HEAD + "".join(
        f"K{k};2026-11-20 21:30;Sort {k % 400};488177;6303934\n" for k in range(4_000)
    )
    with pytest.raises(IngestError, match="looks like free text") as caught:
        read(content, incidents)
    assert "400 different words" in str(caught.value)
