"""What the routes ask: one workspace, one store, pictures kept until the data change."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from geo.maps import Picture, Pictures, Role

if TYPE_CHECKING:
    from geo.pipeline import Workspace
    from geo.store import Store

LATEST = "latest"


class Library:
    """
    The library behind the service.

    Parameters
    ----------
    workspace
        The municipality; its store is opened at once and closed by `close`.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.store: Store = workspace.store()
        self._pictures = Pictures(self.store, workspace.profile, surfaces=workspace.surfaces)
        self._lock = threading.Lock()

    def picture(self, week: str, role: Role, *, lang: str = "sv") -> Picture:
        """
        Get the picture of a week as a role may see it.

        Parameters
        ----------
        week
            As ``2026-W47``, or ``latest``.
        role
            Who is looking.
        lang
            ``sv`` or ``en``.

        Returns
        -------
        Picture
            Kept between calls as long as the data are the same.

        Raises
        ------
        NotFoundError
            If the week has no analysis.
        """
        with self._lock:
            return self._pictures.get(None if week == LATEST else week, role=role, lang=lang)

    def weeks(self) -> list[dict[str, str]]:
        """
        List the weeks that have an analysis.

        Returns
        -------
        list of dict
            id, label and run_id, newest first; one row a week.
        """
        with self._lock:
            return self._pictures.weeks()

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()
