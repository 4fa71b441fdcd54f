"""Plain Python loops compiled by numba where they are used, once a process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def compiled(loop: Callable[..., Any]) -> Callable[..., Any]:
    """
    Compile a loop, and keep what was compiled for the next process.

    Parameters
    ----------
    loop
        A function of arrays and numbers, at the top of a module. With ``NUMBA_DISABLE_JIT=1``
        it runs as it is, which is how its plain path is tested.

    Returns
    -------
    callable
        The same function, fast; it lets other threads run meanwhile.
    """
    import numba

    fast: Callable[..., Any] = numba.njit(cache=True, nogil=True)(loop)
    return fast
