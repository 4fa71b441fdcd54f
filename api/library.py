"""What the routes ask: one workspace, one store, pictures kept until the data change."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from geo.maps import Picture, Pictures, Role
from geo.maps.quality import DataQuality, data_quality
from geo.maps.tiles import TileShelf

if TYPE_CHECKING:
    from geo.clock import Week
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
        self.tiles = TileShelf()
        self._quality: tuple[object, DataQuality] | None = None

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

    def quality(self, week: Week | None) -> DataQuality:
        """
        Say what each source has given, and what is missing.

        Parameters
        ----------
        week
            The week held against those before; None is the latest with data.

        Returns
        -------
        DataQuality
            Kept for an hour at most, and as long as nothing is loaded or undone.
        """
        now = datetime.now(UTC)
        with self._lock:
            batches = self.store.batches()
            hour = now.replace(minute=0, second=0, microsecond=0)
            key = (week, hour, tuple(zip(batches["batch_id"], batches["state"], strict=True)))
            if self._quality is None or self._quality[0] != key:
                zone = self.workspace.profile.timezone
                found = data_quality(self.store, timezone=zone, now=now, week=week)
                self._quality = (key, found)
            return self._quality[1]

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()
