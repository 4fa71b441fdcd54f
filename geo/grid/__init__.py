"""Square cells that lie still: counts, street length and the study area, cell by cell."""

from __future__ import annotations

from geo.grid.cells import Grid as Grid
from geo.grid.cells import count as count
from geo.grid.cells import find as find
from geo.grid.cells import pack as pack
from geo.grid.cells import unpack as unpack
from geo.grid.cuts import STUDY_REACH_M as STUDY_REACH_M
from geo.grid.cuts import UNKNOWN_LAND as UNKNOWN_LAND
from geo.grid.cuts import Pieces as Pieces
from geo.grid.cuts import cut_streets as cut_streets
from geo.grid.cuts import kinds_of_land as kinds_of_land
from geo.grid.cuts import study_cells as study_cells
from geo.grid.joins import AreaIndex as AreaIndex
from geo.grid.joins import locate_points_in as locate_points_in
