"""Other methods beside the picture: known by name, kept apart, and no corner is an event."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import shapely

from geo.errors import AnalysisError, NotFoundError
from geo.frames import COMPARISONS
from geo.hotspots import Context
from geo.maps.layers_methods import METHOD_LAYERS, TITLES, made, require_made
from geo.pipeline.compared import comparable, compared, parse_methods
from geo.pipeline.order import Order
from tests.hotspots.conftest import (
    CRS,
    areas,
    blocks,
    context,
    even,
    facilities,
    hot,
    incidents,
    planted,
    streets,
)

__all__ = ["areas", "blocks", "context", "even", "facilities", "hot", "incidents", "planted",
           "streets"]  # fmt: skip


def quiet(_what: str, _share: float) -> None:
    """Take progress and say nothing."""


def test_every_method_to_compare_with_has_its_layer_and_title() -> None:
    assert {name: sv for name, (sv, _) in TITLES.items()} == comparable()
    assert [layer.name for layer in METHOD_LAYERS] == list(comparable())
    assert not {"places", "alarm"} & set(comparable())  # these are said by the picture itself
    for layer in METHOD_LAYERS:
        assert not layer.visible
        assert "jämförelse" in layer.note_sv


@pytest.mark.parametrize(
    ("text", "names"),
    [(None, ()), ("", ()), (" kde , gi_star,kde", ("gi_star", "kde")), ("all", tuple(TITLES))],
)
def test_names_are_read_in_the_order_of_the_catalogue(
    text: str | None, names: tuple[str, ...]
) -> None:
    assert parse_methods(text) == names


@pytest.mark.parametrize("text", ["heat", "gi_star,places", "kde,all"])
def test_an_unknown_name_lists_the_known_ones(text: str) -> None:
    with pytest.raises(AnalysisError, match="no such method") as caught:
        parse_methods(text)
    assert "gi_star" in caught.value.facts["known"]


def test_a_plain_order_keeps_the_name_it_had() -> None:
    plain, more = Order("2026-W47"), Order("2026-W47", methods=("kde",))
    assert plain.table() == {"week": "2026-W47", "weeks": 52, "seed": 1}
    assert more.table()["methods"] == ["kde"]
    assert plain.run_id(content={}, former=None) != more.run_id(content={}, former=None)


def test_methods_are_laid_beside_each_other_in_their_own_frame(planted: Context) -> None:
    rows = compared(planted, ("gi_star", "dbscan"), progress=quiet)
    COMPARISONS.check(rows, crs=CRS)
    assert list(dict.fromkeys(rows["method"])) == ["gi_star", "dbscan"]
    assert rows["id"].is_unique
    assert compared(planted, (), progress=quiet).empty


def test_a_group_of_points_is_drawn_as_squares(
    planted: Context, context: Callable[..., Context]
) -> None:
    """The corner of a hull would be the place of an event."""
    rows = compared(planted, ("dbscan",), progress=quiet)
    corners = shapely.get_coordinates(rows.geometry.to_numpy())
    assert np.allclose(corners % 50, 0)
    assert compared(context([]), ("dbscan", "kde"), progress=quiet).empty


def test_a_layer_that_was_not_asked_for_says_how_to_get_it() -> None:
    run: Any = SimpleNamespace(week="2026-W47", order={"methods": ["kde"]})
    assert made("", run)
    assert made("kde", run)
    require_made("kde", run)
    with pytest.raises(NotFoundError, match="without the method") as caught:
        require_made("gi_star", run)
    assert "lagesbild analyse --week 2026-W47 --methods gi_star" in str(caught.value)
