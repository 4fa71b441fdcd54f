"""Lägesbild: frames in, frames out; where to patrol and when, and where light is needed."""

from __future__ import annotations

__all__ = ["__version__"]


def __getattr__(name: str) -> str:
    """Read the version from the installed package, when somebody asks for it and not before."""
    if name == "__version__":
        from importlib.metadata import version

        return version("lagesbild")
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
