"""
Sines, angles and lengths that are the same on every processor.

The mathematics of numpy differs in the last digit from one processor to the next. A street
drawn from such a number meets another, or just does not, and one seed gives two towns. What is
rounded far above the last digit, and far below a centimetre, gives one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

_DECIMALS = 8


def sin(angle: ArrayLike) -> Any:
    """
    Sine, rounded.

    Parameters
    ----------
    angle
        Radians.

    Returns
    -------
    float or numpy.ndarray
        To 8 decimals.
    """
    return np.round(np.sin(angle), _DECIMALS)


def cos(angle: ArrayLike) -> Any:
    """
    Cosine, rounded.

    Parameters
    ----------
    angle
        Radians.

    Returns
    -------
    float or numpy.ndarray
        To 8 decimals.
    """
    return np.round(np.cos(angle), _DECIMALS)


def arctan2(y: ArrayLike, x: ArrayLike) -> Any:
    """
    Angle of a vector, rounded.

    Parameters
    ----------
    y, x
        Any one unit.

    Returns
    -------
    float or numpy.ndarray
        Radians, to 8 decimals.
    """
    return np.round(np.arctan2(y, x), _DECIMALS)


def length(vector: ArrayLike) -> Any:
    """
    Length of vectors in the plane.

    Parameters
    ----------
    vector
        Shape (..., 2).

    Returns
    -------
    float or numpy.ndarray
        In the unit given. Products, sums and roots are exact to the last
        digit everywhere, so nothing is rounded.
    """
    xy = np.asarray(vector, float)
    return np.sqrt(xy[..., 0] * xy[..., 0] + xy[..., 1] * xy[..., 1])
