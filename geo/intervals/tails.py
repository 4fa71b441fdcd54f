"""Exact tails of counts: Poisson, binomial, beta-binomial, hypergeometric."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

_DONE = 1e-17


def poisson_tail(k: ArrayLike, mean: ArrayLike) -> Floats:
    """
    Give the exact chance of a count of at least `k`.

    Parameters
    ----------
    k
        Counts, >= 0; a sum of weights is rounded down, which makes the chance larger.
    mean
        Poisson means, >= 0.

    Returns
    -------
    numpy.ndarray
        P(X >= k), broadcast shape; 1 where k is 0.
    """
    from scipy.special import gammainc

    whole = np.floor(as_counts(k, name="k") + 1e-9)
    means = as_counts(mean, name="mean")
    return np.where(whole > 0, gammainc(np.maximum(whole, 1.0), means), 1.0)


def binomial_tail(k: ArrayLike, n: ArrayLike, share: ArrayLike) -> Floats:
    """
    Give the exact chance that at least `k` of `n` fall where a share of them belongs.

    This is the conditional tail of a neighbourhood's count: given that `n` incidents
    happened in all, and that a share of the expected ones lies in the neighbourhood.

    Parameters
    ----------
    k
        Counts, >= 0; a sum of weights is rounded down.
    n
        Totals, >= 0.
    share
        Expected shares, in [0, 1].

    Returns
    -------
    numpy.ndarray
        P(X >= k), broadcast shape.

    Examples
    --------
    >>> round(float(binomial_tail(9, 10, 0.5)), 6)
    0.010742
    """
    from scipy.special import betainc

    whole = np.floor(as_counts(k, name="k") + 1e-9)
    whole, trials, p = np.broadcast_arrays(whole, as_counts(n, name="n"), np.clip(share, 0.0, 1.0))
    inside = (whole > 0) & (whole <= trials)
    a = np.where(inside, whole, 1.0)
    b = np.where(inside, trials - whole + 1, 1.0)
    return np.where(inside, betainc(a, b, p), np.where(whole > 0, 0.0, 1.0))


def beta_binomial_tail(k: ArrayLike, n: ArrayLike, share: ArrayLike, spread: float) -> Floats:
    """
    Give the conditional tail when the true shares scatter round the expected ones.

    Parameters
    ----------
    k
        Counts, >= 0; a sum of weights is rounded down.
    n
        Totals, whole, >= 0.
    share
        Expected shares, in [0, 1).
    spread
        Over-dispersion: the squared coefficient of variation of the true share, >= 0.
        With 0 this is `binomial_tail`.

    Returns
    -------
    numpy.ndarray
        P(X >= k), broadcast shape.

    References
    ----------
    .. [1] Skellam, J. G. (1948). A probability distribution derived from the binomial
       distribution by regarding the probability of success as variable between the sets of
       trials. JRSS B 10(2), 257-261. doi:10.1111/j.2517-6161.1948.tb00014.x
    """
    if spread <= 0:
        return binomial_tail(k, n, share)
    whole = np.floor(as_counts(k, name="k") + 1e-9)
    whole, trials, p = np.broadcast_arrays(whole, as_counts(n, name="n"), np.clip(share, 0.0, 1.0))
    live = (whole > 0) & (whole <= trials) & (p > 0) & (p < 1)
    out = np.where(whole <= 0, 1.0, np.where(p >= 1, np.where(whole <= trials, 1.0, 0.0), 0.0))
    j, m, q = whole[live], trials[live], p[live]
    first, a, b = _beta_binomial(j, m, q, spread)

    def step(i: Floats) -> Floats:
        return np.asarray((m - i) / (i + 1) * (i + a) / np.maximum(m - i - 1 + b, 1e-300))

    out[live] = _sum_up(first, j, m, step)
    return out


def beta_binomial_table(most: int, n: float, share: ArrayLike, spread: float) -> Floats:
    """
    Tabulate `beta_binomial_tail` for every count up to a largest one.

    Each chance is worked out once and added from the far end, where asking for every tail
    would sum the same terms again and again.

    Parameters
    ----------
    most
        The largest count, 0 <= most <= n.
    n
        Total, whole.
    share
        Expected shares, in (0, 1), shape (b,).
    spread
        Over-dispersion, >= 0.

    Returns
    -------
    numpy.ndarray
        P(X >= k) by share and k, shape (b, most + 1).
    """
    shares = np.asarray(share, dtype=np.float64)[:, None]
    counts = np.arange(most + 1.0)[None, :]
    if spread <= 0:
        return binomial_tail(counts, n, shares)
    out = np.empty((shares.size, most + 1))
    out[:, -1:] = beta_binomial_tail(counts[:, -1:], n, shares, spread)
    chance, _, _ = _beta_binomial(counts[:, :-1], np.float64(n), shares, spread)
    out[:, :-1] = np.cumsum(chance[:, ::-1], axis=1)[:, ::-1] + out[:, -1:]
    out[:, 0] = 1.0
    return np.minimum(out, 1.0)


def _beta_binomial(
    k: Floats, n: Floats | np.float64, share: Floats, spread: float
) -> tuple[Floats, Floats, Floats]:
    """Give P(X = k) and the two parameters of the beta behind it."""
    from scipy.special import betaln, gammaln

    total = np.maximum((1 - share) / (spread * share) - 1, 1e-3)
    a, b = share * total, (1 - share) * total
    log = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    log = log + betaln(k + a, n - k + b) - betaln(a, b)
    return np.exp(log), a, b


def hypergeometric_tail(k: ArrayLike, drawn: ArrayLike, marked: ArrayLike, n: ArrayLike) -> Floats:
    """
    Give the exact chance that at least `k` of the `drawn` are among the `marked`.

    Parameters
    ----------
    k
        Counts in common, >= 0.
    drawn
        How many are drawn without replacement.
    marked
        How many of all are marked.
    n
        How many there are in all; drawn <= n and marked <= n.

    Returns
    -------
    numpy.ndarray
        P(X >= k), broadcast shape.

    Examples
    --------
    >>> round(float(hypergeometric_tail(3, 4, 4, 8)), 6)  # Fisher's lady tasting tea
    0.242857
    """
    from scipy.special import gammaln

    arrays = [np.floor(as_counts(v, name="count") + 1e-9) for v in (k, drawn, marked, n)]
    low, size, hits, total = np.broadcast_arrays(*arrays)
    if np.any(size > total) or np.any(hits > total):
        msg = "hypergeometric_tail needs drawn <= n and marked <= n"
        raise ValueError(msg)
    lowest, highest = np.maximum(0.0, size + hits - total), np.minimum(size, hits)
    live = (low > lowest) & (low <= highest)
    out = np.where(low <= lowest, 1.0, 0.0)
    j, d, h, t, top = low[live], size[live], hits[live], total[live], highest[live]

    def log_choose(of: Floats, some: Floats) -> Floats:
        return np.asarray(gammaln(of + 1) - gammaln(some + 1) - gammaln(of - some + 1))

    first = log_choose(h, j) + log_choose(t - h, d - j) - log_choose(t, d)

    def step(i: Floats) -> Floats:
        return np.asarray((h - i) * (d - i) / ((i + 1) * np.maximum(t - h - d + i + 1, 1.0)))

    out[live] = _sum_up(np.exp(first), j, top, step)
    return out


def _sum_up(first: Floats, start: Floats, stop: Floats, step: Any) -> Floats:
    """Add the terms from `start` to `stop`, each the last one times `step`."""
    total, term, i = first.copy(), first.copy(), start.copy()
    while True:
        factor = np.where(i < stop, step(i), 0.0)
        term = term * factor
        total += term
        i = i + 1
        if not bool(np.any((term > _DONE * total) | ((factor > 1) & (i < stop)))):
            return np.minimum(total, 1.0)


def as_counts(values: ArrayLike, *, name: str) -> Floats:
    """
    Take counts as floats and refuse what cannot be one.

    Parameters
    ----------
    values
        Counts, finite and from 0 up, any shape.
    name
        What the caller calls them.

    Returns
    -------
    numpy.ndarray
        The same as float64.

    Raises
    ------
    ValueError
        If one is negative or no number.
    """
    out = np.asarray(values, dtype=np.float64)
    if not bool(np.all(np.isfinite(out) & (out >= 0))):
        msg = f"`{name}` must be finite and not negative"
        raise ValueError(msg)
    return out
