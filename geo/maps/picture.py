"""One week as one role may see it: what the service, the one-file map and the exports share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from geo.clock import Week
from geo.errors import NotFoundError
from geo.maps.access import Role, access
from geo.maps.basis import stamp as moment_text
from geo.maps.catalog import LAYERS
from geo.maps.cells import last_period
from geo.maps.gate import Box, Window, require, view, visible_layers
from geo.maps.geojson import box_from_degrees, box_to_degrees
from geo.maps.layer_list import described
from geo.maps.layers_methods import made, require_made
from geo.maps.situation import build_situation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geopandas import GeoDataFrame

    from geo.settings import Profile
    from geo.store import Run

_AHEAD_WEEKS = 4
_FINDINGS = (
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
_DATED = frozenset({"incidents", "reports", "notices"})
_YEARS = (1900, 2200)  # an interval that reaches further is open


@dataclass(frozen=True, kw_only=True)
class Picture:
    """
    One week of one municipality, as one role may see it.

    Parameters
    ----------
    frames
        Whole frames by name, working CRS; they do not leave but through `view`.
    run
        The analysis the findings come from.
    profile
        The municipality.
    role
        Who is looking.
    weeks
        Weeks that have an analysis: id, label and run_id, newest first.
    lang
        ``"sv"`` or ``"en"``.
    now
        The present for what is shown with a delay; None is the week's end.
    surface
        The density surface of the run, when it was written.
    revisions
        Revision of each frame as it was read; what changes after the run, such
        as a corrected row, changes these.
    """

    frames: Mapping[str, GeoDataFrame]
    run: Run
    profile: Profile
    role: Role
    weeks: Sequence[Mapping[str, str]] = ()
    lang: str = "sv"
    now: datetime | None = None
    surface: Path | None = None
    revisions: Mapping[str, int] = field(default_factory=dict)
    _kept: dict[str, GeoDataFrame] = field(default_factory=dict, repr=False, compare=False)

    @property
    def week(self) -> str:
        """The week, as ``2026-W47``."""
        return self.run.week

    @property
    def period_weeks(self) -> int:
        """Length of the period, weeks; it ends with the week."""
        return int(self.run.order.get("weeks", 52))

    @cached_property
    def span(self) -> tuple[datetime, datetime]:
        """First moment of the period, and first moment after it, UTC."""
        week, zone = Week.parse(self.week), self.profile.timezone
        return week.shift(1 - self.period_weeks).start(timezone=zone), week.end(timezone=zone)

    @property
    def period(self) -> tuple[str | None, str | None]:
        """Start and end of the period as JSON has them."""
        return moment_text(self.span[0]), moment_text(self.span[1])

    @cached_property
    def bbox(self) -> list[float]:
        """West, south, east, north of the municipality in degrees (CRS84)."""
        box = self.profile.extent
        if box is None:
            frames = [self.frames[n] for n in ("streets", "areas", "incidents") if n in self.frames]
            kept = next((f for f in frames if f.geometry.notna().any()), None)
            if kept is None:
                return [-180.0, -90.0, 180.0, 90.0]
            w, s, e, n = (float(v) for v in kept.total_bounds)
            box = (w, s, e, n)
        return list(box_to_degrees(box, crs=self.profile.crs))

    @cached_property
    def stamp(self) -> str:
        """Name of the data this was made of: run, versions, and the hour of what is delayed."""
        revisions = ",".join(f"{k}={v}" for k, v in sorted(self.revisions.items()))
        return f"{self.run.run_id}|{self.run.version}|{revisions}|{len(self.weeks)}"

    @property
    def data_until(self) -> str | None:
        """Moment of the last event, as far as the role may know it."""
        found: str | None = self.situation["basis"]["data_until"]
        return found

    @cached_property
    def light(self) -> Mapping[str, Mapping[str, Any]]:
        """Facts about light by `place_id`, from the run."""
        found: Mapping[str, Mapping[str, Any]] = self.run.summary.get("light", {})
        return found

    @cached_property
    def situation(self) -> dict[str, Any]:
        """The situation: the contract of ``GET /situations/{week}``."""
        return build_situation(self)

    @cached_property
    def feature_layers(self) -> list[str]:
        """Layers with rows that the role has."""
        return [
            name
            for name in visible_layers(self.role)
            if LAYERS[name].geometry != "raster"
            and LAYERS[name].frame in self.frames
            and made(LAYERS[name].method, self.run)
        ]

    def require(self, layer: str) -> None:
        """
        Refuse unless the role gets something of a layer, and there is one.

        Parameters
        ----------
        layer
            Name in `LAYERS`.

        Raises
        ------
        NotFoundError
            If there is no such layer, or its method was not asked for.
        AccessError
            If it is not for the role.
        """
        if layer not in LAYERS:
            msg = "there is no such layer."
            raise NotFoundError(msg, known=", ".join(self.feature_layers), fix="use a known one")
        require(layer, self.role)
        require_made(LAYERS[layer].method, self.run)

    def layer(
        self, name: str, *, bbox: Box | None = None, window: Window | None = None
    ) -> GeoDataFrame:
        """
        Give a layer as the role may see it.

        Parameters
        ----------
        name
            Name in `LAYERS`.
        bbox
            West, south, east, north in degrees (CRS84).
        window
            First moment and first moment after, UTC; cut to the period.

        Returns
        -------
        GeoDataFrame
            Shape (n,), working CRS.
        """
        self.require(name)
        if bbox is None and window is None and name in self._kept:
            return self._kept[name]
        entry = LAYERS[name]
        if entry.frame not in self.frames:
            msg = f"the layer {name!r} has no rows here."
            raise NotFoundError(msg, fix="a raster has an image; ask for /collections/LAYER/image")
        rows = view(
            name,
            self.frames[entry.frame],
            self.role,
            bbox=None if bbox is None else box_from_degrees(bbox, crs=self.profile.crs),
            window=self._window(entry.frame, window),
            now=self.now or self.span[1],
            streets=self.frames.get("streets"),
            timezone=self.profile.timezone,
            lang=self.lang,
        )
        if bbox is None and window is None:
            self._kept[name] = rows
        return rows

    def _window(self, frame: str, asked: Window | None) -> Window | None:
        """Cut what was asked for to what the picture is about."""
        if frame in _FINDINGS:
            return None
        start, end = (None, None) if asked is None else _bounded(asked)
        if frame in _DATED:
            first, last = self.span
            return max(first, start or first), min(last, end or last)
        if frame == "events" and asked is None:
            week, zone = Week.parse(self.week), self.profile.timezone
            return week.start(timezone=zone), week.shift(_AHEAD_WEEKS).end(timezone=zone)
        return (start, end) if start or end else None

    def newest(self, name: str) -> tuple[Week, Week] | None:
        """
        Give the weeks a layer is drawn for, where one map cannot show the whole period.

        Parameters
        ----------
        name
            Name in `LAYERS`.

        Returns
        -------
        tuple of Week or None
            First and last week of the newest fixed period; None draws all.
        """
        entry = LAYERS[name]
        if entry.weekly:
            return Week.parse(self.week), Week.parse(self.week)
        rule = access(entry.frame, self.role)
        if rule.single_rows or entry.summed or entry.counted:
            return None
        ended = (self.now or self.span[1]) - timedelta(weeks=rule.delay_weeks)
        return last_period(ended, period_weeks=rule.period_weeks, timezone=self.profile.timezone)

    def drawn(self, name: str) -> GeoDataFrame:
        """
        Give the rows of a layer that one map can show: squares once, not once a week.

        Parameters
        ----------
        name
            Name in `LAYERS`.

        Returns
        -------
        GeoDataFrame
            Shape (n,), working CRS.
        """
        weeks = self.newest(name)
        if weeks is None:
            return self.layer(name)
        zone = self.profile.timezone
        return self.layer(name, window=(weeks[0].start(timezone=zone), weeks[1].end(timezone=zone)))

    def describe(self, name: str) -> dict[str, Any]:
        """
        Describe one layer.

        Parameters
        ----------
        name
            Name in `LAYERS`.

        Returns
        -------
        dict
            As in the situation's list of layers.
        """
        self.require(name)
        until = self.situation["basis"]["data_until_label"]
        return described(self, name, data_until_label=until)


def _bounded(asked: Window) -> Window:
    """Keep a window within the calendar; an end beyond it is open, the other way it is empty."""
    first, last = (datetime(year, 1, 1, tzinfo=UTC) for year in _YEARS)
    start, end = asked
    start = None if start is None or start < first else min(start, last)
    end = None if end is None or end > last else max(end, first)
    return start, end
