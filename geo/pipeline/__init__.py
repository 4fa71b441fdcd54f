"""The order of work: load, analyse, and how a workspace holds what comes of it."""

from __future__ import annotations

from geo.pipeline.analyse import analyse as analyse
from geo.pipeline.load import LoadReport as LoadReport
from geo.pipeline.load import load as load
from geo.pipeline.load import undo as undo
from geo.pipeline.order import Order as Order
from geo.pipeline.order import latest_week as latest_week
from geo.pipeline.workspace import Workspace as Workspace
