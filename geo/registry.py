"""Frozen registries: one name, one entry, and an error that lists the names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from geo.errors import RegistryError

T = TypeVar("T")


class Registry(Mapping[str, T], Generic[T]):
    """
    An immutable mapping from name to entry, in the order given.

    Parameters
    ----------
    kind
        What the entries are, in the singular ("reader"); used in errors.
    entries
        Pairs of name and entry.

    Raises
    ------
    RegistryError
        If a name occurs twice.

    Examples
    --------
    >>> shapes = Registry("shape", [("square", 4), ("triangle", 3)])
    >>> shapes["square"], list(shapes)
    (4, ['square', 'triangle'])
    """

    def __init__(self, kind: str, entries: Iterable[tuple[str, T]]) -> None:
        self.kind = kind
        self._entries: dict[str, T] = {}
        for name, entry in entries:
            if name in self._entries:
                msg = f"two entries of kind {kind} are called {name!r}."
                raise RegistryError(msg, fix="give each entry of a catalogue its own name")
            self._entries[name] = entry

    def __getitem__(self, name: str) -> T:
        """Return the entry, or say which names there are."""
        try:
            return self._entries[name]
        except KeyError:
            msg = f"there is no {self.kind} called {name!r}."
            known = ", ".join(self._entries) or "none"
            raise RegistryError(msg, known=known, fix="use one of the known names") from None

    def __contains__(self, name: object) -> bool:
        """Tell whether the name is known, without raising."""
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names in catalogue order."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._entries)
