"""Which row stands for an incident that several sources tell of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

DEFAULT_ACCURACY_M = 30.0
"""Position error taken for rows that state none: one standard deviation on each axis, metres."""


def standing(incidents: pd.DataFrame) -> pd.Series:
    """
    Choose the row that stands for each incident, so that it counts once everywhere alike.

    The best placed stands, then the earliest, then by the source's name. Ids come last: they
    rest on each municipality's private key, and by them the same files would give another
    picture in another workspace.

    Parameters
    ----------
    incidents
        Rows with ``duplicate_group``, ``accuracy_m`` (metres, missing is 30),
        ``occurred_from``, ``source`` and ``id``, shape (n,).

    Returns
    -------
    pandas.Series
        bool, as the rows are indexed: true for rows of no group, and for one of each group.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"duplicate_group": ["g", "g", None], "accuracy_m": [30.0, 10.0, 5.0],
    ...                      "occurred_from": 0, "source": ["a", "b", "a"], "id": ["x", "y", "z"]})
    >>> standing(rows).tolist()
    [False, True, True]
    """
    import numpy as np

    group = incidents["duplicate_group"]
    order = (
        incidents[["occurred_from", "source", "id"]]
        .assign(error=incidents["accuracy_m"].fillna(DEFAULT_ACCURACY_M), at=np.arange(len(group)))
        .sort_values(["error", "occurred_from", "source", "id"], kind="stable")["at"]
        .to_numpy()
    )
    again = group.notna() & group.iloc[order].duplicated().iloc[np.argsort(order)].to_numpy()
    return ~again
