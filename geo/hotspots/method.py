"""What a method is: frozen parameters with units, one verb, a title and a citation."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from pydantic import BaseModel

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.hotspots.context import Context


class Method(BaseModel, ABC, frozen=True, extra="forbid"):
    """One way of finding places; its fields are its parameters."""

    name: ClassVar[str]
    title: ClassVar[str]
    citation: ClassVar[str]

    @abstractmethod
    def find(self, context: Context) -> GeoDataFrame:
        """
        Find places.

        Parameters
        ----------
        context
            Frames, period and seed.

        Returns
        -------
        GeoDataFrame
            Rows of the frame ``hotspots``; run_id is "".
        """
