"""The command line as its user meets it: help, exit codes, one line of JSON, errors that mend."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (
    "init",
    "load",
    "undo",
    "quality",
    "analyse",
    "map",
    "export",
    "backtest",
    "light",
    "serve",
    "demo",
    "check",
)
MAPPING = """
frame = "incidents"
source = "prov"
crs = "EPSG:3006"
timezone = "Europe/Stockholm"
[columns]
ref = "nr"
x = "x"
y = "y"
occurred_from = "tid"
category = "typ"
[categories]
"Klotter" = "graffiti"
[constants]
setting = "outdoor"
found_by = "report"
"""
ROWS = """nr;tid;typ;x;y
1;2026-11-20 21:30;Klotter;500000,5;6300000
2;2026-11-21 22:30;Annat;500100;6300100
3;i går;Klotter;500100;6300100
"""


def run(
    *arguments: str, cwd: Path | None = None, lang: str = "sv"
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a program of its own."""
    return subprocess.run(
        [sys.executable, "-m", "geo.cli", *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=cwd or ROOT,
        env=_environment() | {"LAGESBILD_LANG": lang},
    )


def _environment() -> dict[str, str]:
    import os

    return os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "TERM": "dumb"}


def _last_json(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    return dict(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "kommun"
    assert run("init", str(folder), "--name", "Provby").returncode == 0
    (tmp_path / "prov.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "prov.csv").write_text(ROWS, encoding="utf-8")
    return folder


def test_help_lists_every_command_and_only_those() -> None:
    done = run("--help")
    assert done.returncode == 0
    shown = re.findall(r"^[\s│|]*([a-z]+)\s{2,}\S", done.stdout, re.MULTILINE)
    assert shown == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_swedish(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert done.stdout.strip()


def test_the_version_is_quick_and_imports_nothing_heavy() -> None:
    script = (
        "import sys; sys.argv = ['lagesbild', '--version']\n"
        "from geo.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'geopandas', 'pandas', 'numpy', 'sklearn', 'fastapi', 'rasterio', 'folium'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, encoding="utf-8", cwd=ROOT
    )
    assert done.stdout.splitlines() == ["lagesbild 0.1.0", "[]"]


def test_wrong_usage_is_two(tmp_path: Path) -> None:
    for lang in ("sv", "en"):
        assert run("load", lang=lang).returncode == 2
        assert run("finns-inte", lang=lang).returncode == 2
        assert run("analyse", "--weeks", "många", cwd=tmp_path, lang=lang).returncode == 2


def test_a_refusal_is_one_with_its_fix_and_as_json_when_asked(tmp_path: Path) -> None:
    done = run("--json", "analyse", "--workspace", str(tmp_path))
    assert done.returncode == 1
    assert "gör så här: kör `lagesbild init MAPP`" in done.stderr
    assert _last_json(done)["error"]["code"] == "settings"
    english = run("--json", "analyse", "--workspace", str(tmp_path), lang="en")
    assert "fix: run `lagesbild init DIR`" in english.stderr
    assert _last_json(english)["error"]["fix"].startswith("run `lagesbild init DIR`")


def test_load_adds_up_and_can_be_undone(workspace: Path, tmp_path: Path) -> None:
    file, mapping = str(tmp_path / "prov.csv"), str(tmp_path / "prov.toml")
    arguments = ("load", "incidents", file, "--map", mapping)
    done = run("--workspace", str(workspace), *arguments, "--json")
    assert done.returncode == 0, done.stderr
    got = _last_json(done)
    assert (got["n_read"], got["n_new"], got["n_rejected"]) == (3, 2, 1)
    assert got["other"] == {"Annat": 1}
    listed = (workspace / got["rejects"]).read_text(encoding="utf-8-sig")
    assert listed.splitlines()[1].startswith("3;")
    assert "i går" not in listed
    again = _last_json(run("--json", "--workspace", str(workspace), *arguments))
    assert (again["n_new"], again["n_unchanged"]) == (0, 2)
    early = run("--workspace", str(workspace), "undo", got["batch_id"])
    assert early.returncode == 1
    assert f"ångra {again['batch_id']} först" in early.stderr
    assert run("--workspace", str(workspace), "undo", again["batch_id"]).returncode == 0
    undone = run("--json", "--workspace", str(workspace), "undo", got["batch_id"])
    assert _last_json(undone)["n_removed"] == 2
    empty = _last_json(run("--json", "--workspace", str(workspace), "quality"))
    assert (empty["sentence"], empty["sources"]) == ("Inget är inläst än.", [])


def test_people_are_told_the_same_in_swedish(workspace: Path, tmp_path: Path) -> None:
    done = run(
        "load", "incidents", str(tmp_path / "prov.csv"), "--map", str(tmp_path / "prov.toml"),
        "--workspace", str(workspace),
    )  # fmt: skip
    assert "3 rader lästa" in done.stdout
    assert "2 nya, 0 ändrade, 0 oförändrade, 1 avvisad, 0 tas inte emot" in done.stdout
    assert "utbredning sattes av det här lagret" in done.stdout
    quality = run("quality", "--workspace", str(workspace))
    told = quality.stdout.replace("\u00a0", " ")
    assert "prov (händelser): 2 rader, 100 % på kartan" in told
    assert "1 rad i senaste filen gick inte att läsa" in told
    assert f"ångra med lagesbild --workspace {workspace} undo b0001" in told


def test_a_file_without_mapping_says_what_to_do(workspace: Path, tmp_path: Path) -> None:
    done = run("load", "incidents", str(tmp_path / "prov.csv"), "--workspace", str(workspace))
    assert done.returncode == 1
    assert "--write-map NAME.toml" in done.stderr
    assert "--map NAME.toml" in done.stderr


def test_a_mapping_for_another_frame_is_refused(workspace: Path, tmp_path: Path) -> None:
    done = run(
        "load", "lamps", str(tmp_path / "prov.csv"), "--map", str(tmp_path / "prov.toml"),
        "--workspace", str(workspace),
    )  # fmt: skip
    assert done.returncode == 1
    assert "läs in filen som incidents" in done.stderr


def test_an_analysis_without_streets_says_so(workspace: Path, tmp_path: Path) -> None:
    run("load", "incidents", str(tmp_path / "prov.csv"), "--map", str(tmp_path / "prov.toml"),
        "--workspace", str(workspace))  # fmt: skip
    done = run("analyse", "--workspace", str(workspace))
    assert done.returncode == 1
    assert "läs in ett vägnät först" in done.stderr


def test_init_takes_its_extent_from_a_layer(tmp_path: Path) -> None:
    import geopandas as gpd
    from shapely import box

    from geo.settings import Profile

    layer = gpd.GeoDataFrame(geometry=[box(490_000, 6_290_000, 510_000, 6_310_000)], crs=3006)
    layer.to_crs(4326).to_file(tmp_path / "kommun.geojson", driver="GeoJSON")
    done = run("init", str(tmp_path / "ny"), "--extent", str(tmp_path / "kommun.geojson"))
    assert done.returncode == 0, done.stderr
    extent = Profile.read(tmp_path / "ny").extent
    assert extent is not None
    assert extent == pytest.approx((488_000, 6_288_000, 512_000, 6_312_000), abs=400)
    assert run("init", str(tmp_path / "ny")).returncode == 1


def test_serve_refuses_to_be_reached_by_others(workspace: Path) -> None:
    done = run("serve", "--host", "0.0.0.0", "--workspace", str(workspace))  # noqa: S104 (it is refused)
    assert done.returncode == 1
    assert "utan inloggning kan alla på nätet" in done.stderr


def test_the_demo_ends_with_the_designs_object(demo_answer: dict[str, Any]) -> None:
    assert {"workspace", "week", "layers", "truth", "outputs"} <= set(demo_answer)
    assert demo_answer["week"] == "2026-W47"
    assert {"planted", "found", "missed", "false"} <= set(demo_answer["truth"])
    truth = demo_answer["truth"]
    assert truth["found"] + truth["missed"] == truth["planted"]
    assert all(Path(path).is_file() for path in demo_answer["outputs"])
    assert all(n >= 0 for n in demo_answer["layers"].values())


def test_a_finished_demo_is_not_made_again(demo_folder: Path, demo_answer: dict[str, Any]) -> None:
    done = run("--json", "demo", str(demo_folder), "--no-serve")
    assert _last_json(done) == demo_answer


def test_the_demo_leaves_other_peoples_folders_alone(tmp_path: Path) -> None:
    (tmp_path / "viktigt.txt").write_text("x", encoding="utf-8")
    done = run("demo", str(tmp_path), "--no-serve")
    assert done.returncode == 1
    assert (tmp_path / "viktigt.txt").is_file()


def test_export_and_map_from_the_command_line(demo_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "platser.csv"
    done = run("--json", "--workspace", str(demo_folder), "export", "places", str(out))
    assert done.returncode == 0, done.stderr
    assert _last_json(done)["n"] > 0
    page = tmp_path / "karta.html"
    done = run("--json", "--workspace", str(demo_folder), "map", str(page))
    assert done.returncode == 0, done.stderr
    assert _last_json(done)["bytes"] == page.stat().st_size
    unknown = run("--workspace", str(demo_folder), "export", "nope", str(out))
    assert unknown.returncode == 1
