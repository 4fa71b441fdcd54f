"""The picture before any analysis: what is loaded, and the plain word that nothing is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import __version__
from geo.clock import Week
from geo.errors import NotFoundError
from geo.frames import FRAMES
from geo.maps.notices import on_their_areas
from geo.maps.once import count_once
from geo.maps.picture import Picture
from geo.maps.sentences import NO_RUN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.maps.access import Role
    from geo.settings import Profile
    from geo.store import Store

_WEEKS = 52
_TIMES = (("incidents", "occurred_from"), ("notices", "published_at"))


def ground_picture(
    store: Store,
    profile: Profile,
    *,
    role: Role,
    shown: Sequence[str],
    found: Sequence[str],
    lang: str = "sv",
) -> Picture:
    """
    Make a picture of what is loaded, where nothing has been analysed.

    Parameters
    ----------
    store
        An open store without a run.
    profile
        The municipality.
    role
        Who is looking; the gate is the same as ever.
    shown, found
        Frames that are read, and frames that an analysis would have made: empty here.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    Picture
        The week of the latest incident, else of the latest notice or load; its run is called
        `NO_RUN`.

    Raises
    ------
    NotFoundError
        If nothing is loaded: then there is nothing to draw.
    """
    from geo.store import Run

    frames = {name: store.read(name) for name in shown}
    if all(frame.empty for frame in frames.values()):
        msg = "nothing is loaded yet, so there is nothing to show."
        raise NotFoundError(msg, fix="load a file first: lagesbild load streets FILE")
    frames["incidents"] = count_once(frames["incidents"])
    frames["notices"] = on_their_areas(frames["notices"], areas=frames["areas"])
    told = [frames[name][time].dropna() for name, time in _TIMES]
    told.append(store.batches()["loaded_at"])
    last = next(times for times in told if len(times)).max()
    week = str(Week.of(last.to_pydatetime(), timezone=profile.timezone))
    revisions = store.revisions()
    run = Run(
        run_id=NO_RUN, week=week, order={"weeks": _WEEKS}, revisions=revisions, version=__version__
    )
    nothing = {name: FRAMES[name].empty(crs=profile.crs) for name in found}
    return Picture(
        frames=frames | nothing, run=run, profile=profile, role=role, lang=lang, revisions=revisions
    )
