"""Every method by name; the first is the one used when none is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from geo.hotspots.forecast.auto import Auto
from geo.hotspots.group_methods import Alarm, Hdbscan, LocalMoran, StDbscan
from geo.hotspots.method import Method
from geo.hotspots.plain import Dbscan, GiStar, Kde
from geo.hotspots.street_methods import Hexagons, NetworkKde, Segments
from geo.registry import Registry

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.hotspots.context import Context


class Places(Method, frozen=True):
    """Compact places that stand out or changed, each with how sure it is."""

    name: ClassVar[str] = "places"
    title: ClassVar[str] = "Platser som sticker ut eller har förändrats"
    citation: ClassVar[str] = (
        "Kulldorff (1997) doi:10.1080/03610929708831995; "
        "Benjamini & Hochberg (1995) doi:10.1111/j.2517-6161.1995.tb02031.x; "
        "Przyborowski & Wilenski (1940) doi:10.1093/biomet/31.3-4.313"
    )

    def find(self, context: Context) -> GeoDataFrame:
        """
        Find the places.

        Parameters
        ----------
        context
            Frames, period and seed.

        Returns
        -------
        GeoDataFrame
            Rows of the frame ``hotspots``; see `geo.hotspots.picture.find_hotspots`.
        """
        from geo.hotspots.picture import find_hotspots

        return find_hotspots(context)


METHODS: Registry[type[Method]] = Registry(
    "method",
    [
        (method.name, method)
        for method in (
            Places,
            Auto,
            GiStar,
            Dbscan,
            Kde,
            Segments,
            Hexagons,
            NetworkKde,
            Hdbscan,
            StDbscan,
            LocalMoran,
            Alarm,
        )
    ],
)
