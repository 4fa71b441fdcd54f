"""The guide for contributors, followed to the letter in a copy of the tree, and what came of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import Point

from run import ROOT

GUIDE = ROOT / "docs" / "extending.md"
BLOCK = re.compile(r"```(python|diff)\n(.*?)```", re.DOTALL)
PATH = re.compile(r"`((?:geo|docs)/[\w/]+\.py)`")
NEW = ("flatgeobuf", "busiest", "tunnels", "lamp_ailing")


def steps() -> list[tuple[str, str, str]]:
    """Read what the guide tells to do: kind of block, the file named last before it, the text."""
    said = GUIDE.read_text(encoding="utf-8")
    return [
        (found[1], PATH.findall(said[: found.start()])[-1], found[2])
        for found in BLOCK.finditer(said)
    ]


def change(text: str, hunk: str) -> str:
    """Add the lines of a hunk beside the one line that is shown with them."""
    lines = hunk.strip("\n").split("\n")
    (at,) = (i for i, line in enumerate(lines) if not line.startswith("+"))
    shown = lines[at][1:]
    before, after = ([line[1:] for line in part] for part in (lines[:at], lines[at + 1 :]))
    there = text.split("\n")
    start = shown.removesuffix("...")
    (found,) = (
        i for i, line in enumerate(there)
        if line == shown or (shown.endswith("...") and line.startswith(start))
    )  # fmt: skip
    return "\n".join([*there[:found], *before, there[found], *after, *there[found + 1 :]])


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the tree and do what the guide says."""
    root = tmp_path_factory.mktemp("tree")
    for name in ("geo", "api", "data"):
        shutil.copytree(
            ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "_web")
        )
    shutil.copy(ROOT / "pyproject.toml", root / "pyproject.toml")
    for kind, path, text in steps():
        if kind == "python":
            assert not (root / path).exists(), f"{path} is there already"
            (root / path).write_text(text, encoding="utf-8")
        else:
            for hunk in text.split("@@\n"):
                old = (root / path).read_text(encoding="utf-8")
                (root / path).write_text(change(old, hunk), encoding="utf-8")
    return root


def run(copy: Path, *words: str) -> str:
    """Run Python in the copy; what it printed."""
    done = subprocess.run(
        [sys.executable, *words],
        check=False, capture_output=True, encoding="utf-8", cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_addition_is_one_new_file_and_lines_of_one_catalogue() -> None:
    files = [path for kind, path, _ in steps() if kind == "python"]
    catalogues = [path for kind, path, _ in steps() if kind == "diff"]
    assert [Path(path).parent.name for path in files] == ["ingest", "hotspots", "maps", "measures"]
    wanted = [str(Path(path).parent / "catalog.py") for path in files]
    assert [path for path in catalogues if path.endswith("catalog.py")] == wanted


def test_the_new_files_keep_the_rules_of_the_house(copy: Path) -> None:
    files = [path for _, path, _ in steps()]
    run(copy, "-m", "ruff", "check", "--no-cache", "--fix", "--select", "I", "geo")
    run(copy, "-m", "ruff", "check", "--no-cache", *dict.fromkeys(files))
    run(copy, "-m", "ruff", "format", "--check", "--no-cache", *dict.fromkeys(files))


def test_the_new_reader_loads_a_file_like_any_other(copy: Path, tmp_path: Path) -> None:
    points = [Point(500_000 + 10 * i, 6_300_000) for i in range(5)]
    rows = gpd.GeoDataFrame(
        {"nr": [f"a{i}" for i in range(5)], "tid": "2026-11-20 21:30"}, geometry=points,
        crs="EPSG:3006",
    )  # fmt: skip
    rows.to_file(tmp_path / "a.fgb", driver="FlatGeobuf")
    (tmp_path / "a.toml").write_text(
        'frame = "incidents"\nsource = "prov"\ntimezone = "Europe/Stockholm"\n'
        '[columns]\nref = "nr"\noccurred_from = "tid"\n[constants]\ncategory = "graffiti"\n',
        encoding="utf-8",
    )
    folder = str(tmp_path / "k")
    run(copy, "-m", "geo.cli", "init", folder)
    said = run(copy, "-m", "geo.cli", "--json", "--workspace", folder, "load", "incidents",
               str(tmp_path / "a.fgb"), "--map", str(tmp_path / "a.toml"))  # fmt: skip
    assert json.loads(said)["n_new"] == 5


_LOOK = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from fastapi.testclient import TestClient
from api.app import create_app
from geo.frames import HOTSPOTS
from geo.hotspots import METHODS
from geo.hotspots.context import Context
from geo.maps import LAYERS
from geo.measures import RULES
from geo.measures.phrases import ADVICE
from geo.pipeline import Workspace

workspace = Workspace.open(Path(sys.argv[1]))
with workspace.store() as store:
    frames = {n: store.read(n) for n in ("incidents", "streets", "areas", "facilities")}
context = Context(
    **frames, period_from=datetime(2025, 11, 24, 5, tzinfo=UTC),
    period_to=datetime(2026, 11, 23, 5, tzinfo=UTC),
    timezone=workspace.profile.timezone, crs=workspace.profile.crs, seed=1,
)
found = METHODS["busiest"](most=3).find(context)
HOTSPOTS.check(found, crs=workspace.profile.crs)
with TestClient(create_app(workspace.folder)) as client:
    methods = [m["name"] for m in client.get("/methods").json()]
    layers = [c["id"] for c in client.get("/collections").json()["collections"]]
    tunnels = client.get("/collections/tunnels/items?limit=100").json()
print(json.dumps({
    "methods": methods, "layers": layers, "n": sorted(found["n"].tolist(), reverse=True),
    "certainty": sorted(set(found["certainty"])),
    "kinds": sorted({f["properties"]["kind"] for f in tunnels["features"]}),
    "n_tunnels": tunnels["numberMatched"],
    "n_streets": int((frames["streets"]["kind"] == "gc_tunnel").sum()),
    "rule": RULES["lamp_ailing"].kind, "advice": ADVICE["lamp_ailing"][0],
}))
"""


def test_the_new_method_layer_and_rule_are_found_where_they_are_looked_for(
    copy: Path, demo_folder: Path
) -> None:
    found = json.loads(run(copy, "-c", _LOOK, str(demo_folder)).splitlines()[-1])
    assert found["methods"][0] == "places"
    assert "busiest" in found["methods"]
    assert len(found["n"]) == 3
    assert found["n"][0] >= found["n"][-1] > 0
    assert found["certainty"] == ["cannot_tell"]
    assert "tunnels" in found["layers"]
    assert found["kinds"] == ["gc_tunnel"]
    assert found["n_tunnels"] == found["n_streets"] > 0
    assert found["rule"] == "lamp_repair"
    assert found["advice"].startswith("Åtgärda ljuspunkter")


def test_the_new_layer_can_be_exported_and_is_in_the_access_page(
    copy: Path, demo_folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "tunnlar.geojson"
    run(copy, "-m", "geo.cli", "--workspace", str(demo_folder), "export", "tunnels", str(out))
    kinds = {f["properties"]["kind"] for f in json.loads(out.read_text("utf-8"))["features"]}
    assert kinds == {"gc_tunnel"}
    assert "| `tunnels` | `streets` |" in run(copy, "-m", "geo.maps")


def test_none_of_the_examples_is_part_of_the_product() -> None:
    from geo.hotspots import METHODS
    from geo.ingest import READERS
    from geo.maps import LAYERS
    from geo.measures import RULES

    every = {*READERS, *METHODS, *LAYERS, *RULES}
    assert every.isdisjoint(NEW)
