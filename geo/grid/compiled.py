"""The compiler of plain loops, by its former place."""

from __future__ import annotations

from geo.compiled import compiled

__all__ = ["compiled"]
