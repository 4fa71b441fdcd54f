"""Every public name is documented as numpydoc asks: what goes in, what comes out, what raises."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING

from numpydoc.validate import validate

import api
import geo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

WAIVED = {
    "ES01": "a summary that says it all needs no second one",
    "EX01": "examples stand where they teach, not everywhere",
    "GL01": "a one-line docstring may begin beside its quotes",
    "GL08": "ruff looks for missing docstrings (D1)",
    "PR08": "a description may begin with a code word such as bool or p",
    "PR04": "types stand in the signature, where mypy reads them",
    "RT02": "as PR04",
    "RT03": "a short return may be a noun",
    "RT04": "as RT03",
    "SA01": "the rooms' pages tell what belongs together",
    "YD01": "an iterator is told in its summary",
}
WAIVED_FOR_CLASSES = {
    "PR01": "a pydantic model and a dataclass may document a field beside it",
    "PR02": "as PR01",
}
WAIVED_FOR_IMPLEMENTATIONS = {
    "PR01": "what a protocol's method takes and gives is told once, where it says 'see `X`'",
    "RT01": "as PR01",
}
WAIVED_FOR_HANDLERS = {
    "PR01": "what a handler or a command takes is told to its callers by OpenAPI and --help",
    "RT01": "as PR01",
    "SS03": "the summary of a command is Swedish prose on a screen",
    "SS05": "as SS03",
    "SS06": "as SS03",
}


def modules() -> Iterator[ModuleType]:
    """Every module of the library and the API, imported."""
    for package in (geo, api):
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


def public_names() -> dict[str, object]:
    """Every public function, class and method under the name it is defined by."""
    named: dict[str, object] = {}
    for module in modules():
        for name, thing in vars(module).items():
            mine = getattr(thing, "__module__", None) == module.__name__
            if name.startswith("_") or not mine:
                continue
            if inspect.isfunction(thing):
                named[f"{module.__name__}.{name}"] = thing
            if inspect.isclass(thing):
                named[f"{module.__name__}.{name}"] = thing
                for part, member in vars(thing).items():
                    if not part.startswith("_") and inspect.isfunction(member):
                        named[f"{module.__name__}.{name}.{part}"] = member
    return named


def faults(name: str, thing: object) -> list[str]:
    """What numpydoc finds amiss, less what is waived."""
    waived = set(WAIVED)
    if inspect.isclass(thing):
        waived |= set(WAIVED_FOR_CLASSES)
    elif name.startswith(("api.", "geo.cli.")):
        waived |= set(WAIVED_FOR_HANDLERS)
    if "; see `" in (inspect.getdoc(thing) or ""):
        waived |= set(WAIVED_FOR_IMPLEMENTATIONS)
    found = validate(name)["errors"]
    return [f"{name}: {code} {text}" for code, text in found if code not in waived]


def test_every_public_name_is_documented() -> None:
    named = public_names()
    assert len(named) > 50
    assert [fault for name, thing in named.items() for fault in faults(name, thing)] == []
