"""What must hold for the repository itself: nothing private, nothing missing, nothing too long."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

import run

ROOT = run.ROOT
MIB = 1024 * 1024
LONGEST_FILE = 300
LONG_FOR_A_REASON: dict[str, str] = {}  # "geo/x.py": "why it may not be cut"
ARTICLES = (
    "Definitions",
    "Scope of the rights granted by the Licence",
    "Communication of the Source Code",
    "Limitations on copyright",
    "Obligations of the Licensee",
    "Chain of Authorship",
    "Disclaimer of Warranty",
    "Disclaimer of Liability",
    "Additional agreements",
    "Acceptance of the Licence",
    "Information to the public",
    "Termination of the Licence",
    "Miscellaneous",
    "Jurisdiction",
    "Applicable Law",
)
MACHINE_PATH = re.compile(r"/(?:root|home/\w+|Users/\w+|work)/[\w.]|[A-Z]:\\\\?Users\\")
REGISTRY = re.compile(
    r"(?:index[-_]?url|extra-index|find-links|registry)\s*[=:]\s*[\"']?\w+://"
    r"|files\.python[h]osted|py[p]i\.org/simple|registry\.(?:npm[j]s|yarn[p]kg)",
    re.IGNORECASE,
)


def committed_files() -> list[Path]:
    """Every file under version control, or about to be."""
    git = shutil.which("git")
    if git is None:
        pytest.fail("git is needed to know which files belong to the repository")
    words = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=True)
    names = done.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def texts() -> dict[str, str]:
    """Every committed text file by its name."""
    found = {}
    for path in committed_files():
        raw = path.read_bytes()
        if b"\0" not in raw[:8192]:
            found[path.relative_to(ROOT).as_posix()] = raw.decode("utf-8", errors="replace")
    return found


def pyproject() -> dict[str, dict[str, dict[str, object]]]:
    """The project file."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_no_lock_file_holds_an_address() -> None:
    locks = [name for name in texts() if name.endswith(".lock")]
    assert {"requirements.lock", "tools.lock"} <= set(locks)
    assert [name for name in locks if "://" in texts()[name]] == []


def test_the_web_lock_names_no_registry() -> None:
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))
    resolved = [name for name, entry in lock["packages"].items() if "resolved" in entry]
    assert resolved == []
    assert all("integrity" in entry for name, entry in lock["packages"].items() if name)


def test_no_file_names_a_registry() -> None:
    mine = Path(__file__).relative_to(ROOT).as_posix()
    assert [name for name, text in texts().items() if name != mine and REGISTRY.search(text)] == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    mine = Path(__file__).relative_to(ROOT).as_posix()
    told = {
        name: found.group()
        for name, text in texts().items()
        if (found := MACHINE_PATH.search(text))
    }
    told.pop(mine, None)
    assert told == {}


def test_every_pinned_package_has_hashes() -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text(encoding="utf-8").strip())
    assert len(blocks) > 50
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_lock_knows_every_named_dependency() -> None:
    project = pyproject()["project"]
    named = [
        *project["dependencies"],
        *(x for extra in project["optional-dependencies"].values() for x in extra),
    ]
    names = {re.split(r"[\[<>=!~; ]", line)[0].lower().replace("_", "-") for line in named}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {line.split("==")[0].lower() for line in lock.splitlines() if "==" in line}
    assert names - locked == set()


def test_no_file_is_large() -> None:
    assert {
        path.name: path.stat().st_size for path in committed_files() if path.stat().st_size > MIB
    } == {}


def test_no_generated_folder_is_committed() -> None:
    heads = {"node_modules", "dist", "__pycache__", ".venv", ".tools", ".cache", "uv.lock"}
    assert [path for path in committed_files() if heads & set(path.relative_to(ROOT).parts)] == []


def test_no_module_is_long() -> None:
    long = {
        name: len(text.splitlines())
        for name, text in texts().items()
        if re.match(r"(geo|api)/.*\.py$", name) and len(text.splitlines()) > LONGEST_FILE
    }
    assert long.keys() == LONG_FOR_A_REASON.keys(), long


def test_every_module_says_what_it_is_for_and_reads_annotations_late() -> None:
    modules = {name: text for name, text in texts().items() if re.match(r"(geo|api)/.*\.py$", name)}
    assert modules
    assert [name for name, text in modules.items() if not text.startswith('"""')] == []
    late = "from __future__ import annotations"
    assert [name for name, text in modules.items() if late not in text] == []


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert "or has expressed by any other means his willingness to license under the EUPL." in text
    found = re.findall(r"^(\d+)\. (.+)$", text, flags=re.MULTILINE)
    assert found == [(str(number), title) for number, title in enumerate(ARTICLES, start=1)]
    appendix = text.split("Appendix\n")[-1]
    assert "Compatible Licences" in appendix
    assert all(
        name in appendix for name in ("GPL", "AGPL", "OSL", "EPL", "CeCILL", "MPL", "LGPL", "LiLiQ")
    )
    assert text.rstrip().endswith("require the production of a new EUPL version.")
    assert pyproject()["project"]["license"] == "EUPL-1.2"


def test_the_readme_names_only_commands_that_exist() -> None:
    for page in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        named = set(re.findall(r"python run\.py (\w+)", text))
        assert {"demo", "test"} <= named, page
        assert named <= set(run.VERBS), page


def test_ci_calls_what_contributors_call() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.findall(r"run\.py (\w+)", script) == ["test", "lint"]
    assert "set -euo pipefail" in script
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert "calls `python run.py test` and then `python run.py lint`" in contributing


def test_the_changelog_knows_this_version_or_the_next() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heads = re.findall(r"^## \[(.+?)\]", text, flags=re.MULTILINE)
    assert heads
    assert heads[0] in {"Unreleased", pyproject()["project"]["version"]}


def test_the_root_has_what_a_newcomer_looks_for() -> None:
    wanted = ("README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
    assert [name for name in wanted if not (ROOT / name).is_file()] == []


def test_every_room_stands_on_a_floor() -> None:
    contract = pyproject()["tool"]["importlinter"]["contracts"][0]
    floors = {room.strip(" ()") for floor in contract["layers"] for room in floor.split("|")}
    rooms = {"api"} | {
        f"geo.{path.stem}"
        for path in (ROOT / "geo").iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").is_file()
    }
    assert rooms - floors == set()


def test_every_waiver_gives_its_reason() -> None:
    waiver = re.compile(
        r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?"
        r"|type: ignore(?:\[[\w\-, ]*\])?|pragma: no \w+)"
    )
    bare = []
    for name, text in texts().items():
        if not name.endswith(".py") or name == Path(__file__).relative_to(ROOT).as_posix():
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            found = list(waiver.finditer(line))
            if found and len(re.findall(r"[A-Za-z]{2,}", line[found[-1].end() :])) < 2:
                bare.append(f"{name}:{number}")
    assert bare == []


def test_no_test_is_switched_off() -> None:
    off = re.compile(r"pytest\.mark\.(?:skip|skipif|xfail)\b|unittest\.skip|importorskip\(")
    allowed = {"tests/test_conftest.py", Path(__file__).relative_to(ROOT).as_posix()}
    assert [
        n
        for n, text in texts().items()
        if n.endswith(".py") and n not in allowed and off.search(text)
    ] == []
