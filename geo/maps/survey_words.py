"""What surveys and registers say, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.maps import swedish

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NIGHT_HEADS = ("Stadsdel", "Nattljus, medel", "Celler", "Täckt", "Ljuspunkter i registret")


def survey_sentence(told: Mapping[str, Any]) -> str:
    """
    Say how measured light agrees with the register's, in Swedish.

    Parameters
    ----------
    told
        What `geo.lighting.surveys.survey_summary` gave.

    Returns
    -------
    str
        Sentences with n and spread.

    Examples
    --------
    >>> survey_sentence({"n": 3, "n_daylight": 0, "n_unlit": 0, "bias": None})
    'Mätt mot beräknat: bara 3 punkter kan jämföras, för få för att säga något.'
    """
    n = swedish.number(told["n"])
    left = [
        text
        for count, text in (
            (told.get("n_impossible", 0), "med ett värde under noll"),
            (told["n_daylight"], "mätta när himlen var ljus"),
            (told["n_unlit"], "dit ingen ljuspunkt i registret når"),
        )
        if count
        for text in [f"{swedish.number(count)} {text}"]
    ]
    tail = f" Ej med: {swedish.joined(left)}." if left else ""
    if told["bias"] is None:
        return f"Mätt mot beräknat: bara {n} punkter kan jämföras, för få för att säga något.{tail}"
    bias, low, high = (
        swedish.number(told[k], decimals=2) for k in ("bias", "low", "high")
    )  # fmt: skip
    return (
        f"Mätt mot beräknat: uppmätt är {bias} gånger det beräknade (median av {n} punkter; åtta "
        f"av tio mellan {low} och {high}).{tail}"
    )


def register_sentences(told: Mapping[str, Any]) -> list[str]:
    """
    Say what a register of lamps holds, in Swedish.

    Parameters
    ----------
    told
        What `geo.lighting.register.register_overview` gave.

    Returns
    -------
    list of str
        One sentence a line.
    """
    n = told["n"]
    if n == 0:
        return ["Inga ljuspunkter är inlästa."]
    known = [
        f"{word} {swedish.percent(told[key] / n)}"
        for key, word in (
            ("n_height", "höjd"), ("n_power", "effekt"), ("n_source", "ljuskälla"),
            ("n_owner", "anläggningsägare"), ("n_state", "om den lyser"),
        )
    ]  # fmt: skip
    out = [
        f"{swedish.number(n)} ljuspunkter. Känt: {', '.join(known)}.",
    ]
    if told["n_doubled"]:
        out.append(f"{swedish.number(told['n_doubled'])} står på samma punkt som en annan.")
    if told["spacing_m"]:
        low, middle, high = (swedish.number(v, decimals=1) for v in told["spacing_m"])
        bands = told["bands"]
        assumed = "" if told["n_height"] == n else " (antagen höjd 6 m där den saknas)"
        out.append(
            f"Avstånd till grannljuspunkten: hälften mellan {low} och {high} m, median {middle} m."
        )
        out.append(
            f"Avstånd mot stolphöjd{assumed}: {swedish.number(bands['probably_ok'])} sannolikt ok, "
            f"{swedish.number(bands['uncertain'])} osäkert, "
            f"{swedish.number(bands['probably_short'])} sannolikt glest."
        )
    return out


def street_sentence(told: Mapping[str, Any]) -> str:
    """
    Say what a street network itself says of light, in Swedish.

    Parameters
    ----------
    told
        What `geo.lighting.register.lit_streets` gave.

    Returns
    -------
    str
        One sentence.
    """
    total = told["yes_m"] + told["no_m"] + told["unknown_m"]
    if total == 0:
        return "Gatunätet är inte inläst: läs in det för att bedöma sträckor."
    yes, no, unknown = (swedish.percent(told[k] / total) for k in ("yes_m", "no_m", "unknown_m"))
    km = swedish.number(total / 1000, decimals=1)
    return (
        f"Gatunätet: {yes} uppges belyst, {no} obelyst, {unknown} okänt ({km} km). "
        "Okänt är inte mörkt."
    )


def night_cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    r"""
    Give a district's row in the table of a night image.

    Parameters
    ----------
    row
        One row of `geo.lighting.night_light.night_light`, with ``n_lamps``.

    Returns
    -------
    tuple of str
        As `NIGHT_HEADS`.

    Examples
    --------
    >>> night_cells({"name": "Norr", "mean": None, "n_cells": 2, "covered": 1, "n_lamps": 7})
    ('Norr', 'för få celler', '2', '100\xa0%', '7')
    """
    mean = row["mean"]
    return (
        str(row["name"]),
        "för få celler" if swedish.missing(mean) else swedish.number(mean, decimals=2),
        swedish.number(row["n_cells"], decimals=0),
        swedish.percent(row["covered"]),
        swedish.number(row["n_lamps"]),
    )


def night_sentences(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """
    Say what a night image can tell, and what it cannot, in Swedish.

    Parameters
    ----------
    rows
        Rows as `night_cells` takes them.

    Returns
    -------
    list of str
        One sentence or two a line.
    """
    told = [row for row in rows if not swedish.missing(row["mean"])]
    n, of = swedish.number(len(told)), swedish.number(len(rows))
    out = [
        f"Nattbilden räcker till {n} av {of} stadsdelar.",
        "Den gäller bara stadsdelsnivå och säger inget om en gata eller en plats.",
        "Den ser dåligt blått ljus och störs av snö och ljusa sommarnätter.",
    ]
    if told:
        middle = sorted(row["mean"] for row in told)[len(told) // 2]
        bare = [
            r["name"] for r in told if r["n_lamps"] == 0 and r["mean"] > 0 and r["mean"] >= middle
        ]
        if bare:
            out.append(
                "Ljust på bilden men utan ljuspunkter i registret, kanske ej inventerat: "
                f"{swedish.joined(bare)}."
            )
    return out
