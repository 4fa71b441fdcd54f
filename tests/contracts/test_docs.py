"""What must hold for the documents: links lead somewhere, names are those of the code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.main import get_command

from geo.cli import app
from geo.hotspots import METHODS
from geo.ingest import READERS
from geo.maps import LAYERS
from geo.measures import RULES
from run import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
ADDRESS = re.compile(r"\b(?:[a-z]+://|mailto:)", re.IGNORECASE)
REGISTRY = re.compile(
    r"py[p]i\.org|python[h]osted\.org|npm[j]s\.(?:com|org)|registry\.yarn[p]kg\.com|conda\.anaconda\.org"
    r"|crates\.io|index[-_]url|extra-index",
    re.IGNORECASE,
)
COMMAND = re.compile(r"(?<![\w/.-])lagesbild(?: --workspace \S+)? ([a-z]+)\b")


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as the usual code hosts make them."""
    heads = re.findall(r"^#{1,6} +(.+?)\s*$", text(page), flags=re.MULTILINE)
    plain = [re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", head) for head in heads]
    return {re.sub(r"[^\w\- ]", "", head.casefold()).replace(" ", "-") for head in plain}


def commands() -> set[str]:
    group = get_command(app)
    assert hasattr(group, "commands")
    return set(group.commands)


def everything() -> str:
    return "\n".join(text(page) for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    lost = []
    for target in LINK.findall(CODE.sub("", text(page))):
        if ADDRESS.match(target):
            continue
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            lost.append(target)
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_page_names_a_package_registry(page: Path) -> None:
    assert REGISTRY.findall(text(page)) == []


@pytest.mark.parametrize(
    ("registry", "page"),
    [(READERS, "extending"), (METHODS, "methods"), (LAYERS, "extending"), (RULES, "methods")],
    ids=["readers", "methods", "layers", "rules"],
)
def test_every_name_of_a_catalogue_is_written_down(
    registry: Mapping[str, object], page: str
) -> None:
    said = text(ROOT / "docs" / f"{page}.md")
    assert [name for name in registry if f"`{name}`" not in said] == []


@pytest.mark.parametrize("code", list(RULES))
def test_the_table_of_rules_gives_subject_tier_kind_and_grade_as_the_code_does(code: str) -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text(ROOT / "docs" / "methods.md").splitlines()
        if line.startswith(f"| `{code}` |")
    ]
    rule = RULES[code]
    assert [[*row[1:4], row[-1]] for row in rows] == [
        [rule.about, str(rule.tier), f"`{rule.kind}`", rule.grade]
    ]


@pytest.mark.parametrize("code", list(RULES))
def test_every_number_a_rule_is_held_against_stands_in_its_row(code: str) -> None:
    said = text(ROOT / "docs" / "methods.md")
    row = next(line for line in said.splitlines() if line.startswith(f"| `{code}` |"))
    shared = said[said.index("*SURE* =") : said.index("| rule | about |")]
    conditions = [
        str(gate).removesuffix(".0")
        for clause in RULES[code].gates
        for gate in clause
        if isinstance(gate.value, int | float) and not isinstance(gate.value, bool)
    ]
    assert [words for words in conditions if words not in row + shared] == []


def test_every_command_is_written_down() -> None:
    told = everything()
    assert [
        name for name in sorted(commands())
        if not re.search(rf"lagesbild(?: --workspace \S+)? {name}\b|`{name}`", told)
    ] == []  # fmt: skip


def test_no_page_speaks_of_a_command_that_is_not_there() -> None:
    spoken = {
        (page.name, name)
        for page in PAGES
        if page.is_relative_to(ROOT / "docs") or page.name == "README.md"
        for line in re.findall(r"`[^`\n]*`|^\.venv.*$", text(page), flags=re.MULTILINE)
        for name in COMMAND.findall(line)
    }
    assert {(page, name) for page, name in spoken if name not in commands()} == set()


def test_the_examples_of_extending_are_whole_modules() -> None:
    said = text(ROOT / "docs" / "extending.md")
    blocks = re.findall(r"```python\n(.*?)```", said, flags=re.DOTALL)
    modules = [block for block in blocks if block.startswith('"""')]
    assert len(modules) == 4
    for module in modules:
        compile(module, "extending.md", "exec")
