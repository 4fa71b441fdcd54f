"""From the store to pictures; frames are read once and kept until they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.clock import Week
from geo.errors import NotFoundError
from geo.maps import dates
from geo.maps.access import Role
from geo.maps.ground import ground_picture
from geo.maps.notices import on_their_areas
from geo.maps.once import count_once
from geo.maps.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from geopandas import GeoDataFrame

    from geo.settings import Profile
    from geo.store import Run, Store

SHOWN = (
    "incidents",
    "reports",
    "notices",
    "lamps",
    "faults",
    "streets",
    "areas",
    "facilities",
    "events",
)
"""Incoming frames that a picture shows."""
FOUND = (
    "hotspots",
    "recommendations",
    "outages",
    "dark_stretches",
    "place_types",
    "street_light",
    "scores",
    "class_checks",
    "signals",
    "comparisons",
)
_MOST_KEPT = 24


class Pictures:
    """
    Pictures of one municipality, each made once for its data, role and language.

    Parameters
    ----------
    store
        An open store.
    profile
        The municipality.
    surfaces
        Folder of the density surfaces, one GeoTIFF a run; None for none.
    only
        The frames to read, where not all of the pictures is asked for.
    """

    def __init__(
        self,
        store: Store,
        profile: Profile,
        *,
        surfaces: Path | None = None,
        only: Collection[str] = (*SHOWN, *FOUND),
    ) -> None:
        self._store, self._profile, self._surfaces = store, profile, surfaces
        self._only = frozenset(only)
        self._frames: dict[tuple[str, object], GeoDataFrame] = {}
        self._made: dict[tuple[object, ...], Picture] = {}
        self._placed: tuple[object, GeoDataFrame] | None = None

    def weeks(self, lang: str = "sv") -> list[dict[str, str]]:
        """
        List the weeks that have an analysis.

        Parameters
        ----------
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        list of dict
            id, label and run_id, newest first; the last run of each week.
        """
        newest: dict[str, Run] = {}
        for run in self._store.runs():
            newest.setdefault(run.week, run)
        return [
            {
                "id": week,
                "label": dates.week_label(Week.parse(week), lang=lang),
                "run_id": self._store.run_for(week).run_id,
            }
            for week in sorted(newest, reverse=True)
        ]

    def get(self, week: str | None = None, *, role: Role | str, lang: str = "sv") -> Picture:
        """
        Get the picture of a week.

        Parameters
        ----------
        week
            As ``2026-W47``; None is the newest with an analysis.
        role
            Who is looking.
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        Picture
            The same object as long as the data are the same.

        Raises
        ------
        NotFoundError
            If the week has no analysis, or no week has.
        """
        weeks = self.weeks(lang)
        if not weeks:
            msg = "there is no analysis yet."
            raise NotFoundError(msg, fix="run `lagesbild analyse` first")
        run = self._store.run_for(week or weeks[0]["id"])
        revisions = self._store.revisions()
        key = (run.run_id, tuple(sorted(revisions.items())), Role(role), lang, len(weeks))
        if key not in self._made:
            if len(self._made) >= _MOST_KEPT:
                self._made.clear()
            self._made[key] = Picture(
                frames=self._read(run, revisions),
                run=run,
                profile=self._profile,
                role=Role(role),
                weeks=weeks,
                lang=lang,
                surface=self._surface(run),
                revisions=revisions,
            )
        return self._made[key]

    def _surface(self, run: Run) -> Path | None:
        """Find the density surface of a run, when it was written."""
        if self._surfaces is None:
            return None
        path = self._surfaces / f"{run.run_id}.tif"
        return path if path.is_file() else None

    def _read(self, run: Run, revisions: dict[str, int]) -> dict[str, GeoDataFrame]:
        """Read the frames of a picture; those that have not changed are taken as they are."""
        wanted: dict[tuple[str, object], str | None] = {
            (name, revisions.get(name)): None for name in SHOWN if name in self._only
        } | {(name, run.run_id): run.run_id for name in FOUND if name in self._only}
        for key, run_id in wanted.items():
            if key not in self._frames:
                if run_id is None:  # an older version of this frame is of no more use
                    for old in [k for k in self._frames if k[0] == key[0]]:
                        del self._frames[old]
                found = self._store.read(key[0], run_id=run_id)
                self._frames[key] = count_once(found) if key[0] == "incidents" else found
        frames = {key[0]: self._frames[key] for key in wanted}
        if "notices" in frames:
            frames["notices"] = self._notices(frames, revisions)
        return frames

    def _notices(
        self, frames: Mapping[str, GeoDataFrame], revisions: Mapping[str, int]
    ) -> GeoDataFrame:
        """Put the notices on their areas, anew when either has changed."""
        stamp = (revisions.get("notices"), revisions.get("areas"))
        if self._placed is None or self._placed[0] != stamp:
            placed = on_their_areas(frames["notices"], areas=frames["areas"])
            self._placed = (stamp, placed)
        return self._placed[1]


def picture(
    store: Store,
    profile: Profile,
    *,
    week: str | None = None,
    role: Role | str,
    lang: str = "sv",
    surfaces: Path | None = None,
) -> Picture:
    """
    Make one picture.

    Parameters
    ----------
    store
        An open store; it may be closed once the picture is made.
    profile
        The municipality.
    week
        As ``2026-W47``; None is the newest with an analysis, or what is loaded where
        there is none.
    role
        Who is looking.
    lang
        ``"sv"`` or ``"en"``.
    surfaces
        Folder of the density surfaces; None for none.

    Returns
    -------
    Picture
        The week as the role may see it.

    Raises
    ------
    NotFoundError
        If the week has no analysis, or nothing is loaded.
    """
    if week is None and not store.runs():
        return ground_picture(store, profile, role=Role(role), shown=SHOWN, found=FOUND, lang=lang)
    return Pictures(store, profile, surfaces=surfaces).get(week, role=role, lang=lang)


def situation(
    frames: Mapping[str, GeoDataFrame],
    *,
    run: Run,
    profile: Profile,
    week: str,
    role: Role | str,
    weeks: Sequence[Mapping[str, str]],
    now: datetime | None = None,
    lang: str = "sv",
) -> dict[str, Any]:
    """
    Tell a week's situation as one role may see it.

    Parameters
    ----------
    frames
        Whole frames by name, working CRS.
    run
        The analysis the findings come from.
    profile
        The municipality.
    week
        The week, as ``2026-W47``; the run's own.
    role
        Who is looking.
    weeks
        Weeks that have an analysis: id and label, newest first.
    now
        The present, for what is shown with a delay; None is the week's end.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    dict
        The contract of ``GET /situations/{week}``.

    Raises
    ------
    NotFoundError
        If the run is not of that week.
    """
    if week != run.week:
        msg = "the run is of another week."
        raise NotFoundError(msg, found=run.week, expected=week, fix="pass that week's run")
    return Picture(
        frames=frames,
        run=run,
        profile=profile,
        role=Role(role),
        weeks=weeks,
        now=now,
        lang=lang,
    ).situation
