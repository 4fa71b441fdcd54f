"""The page that says how good the forecast is, beside simpler methods: one file, no network."""

from __future__ import annotations

from html import escape
from math import ceil
from typing import TYPE_CHECKING, Any

from geo.maps.swedish import number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

METHOD_NAMES: dict[str, str] = {
    "auto": "Lägesbilds prognos",
    "naive": "Enkel räkning: flest händelser hittills",
    "kde-default": "Täthetskarta, Silvermans bandbredd",
    "kde-default-250": "Täthetskarta, radie 250 m",
    "gi-star": "Gi* (z-värde)",
    "last-year": "Enkel räkning: senaste året",
}
_NOTHING = "–"
_TICK = 0.05
_WIDE = '<div class="wide" tabindex="0"><table>'
_STYLE = """
:root { --teal: #0b5f60; --amber: #8a5200; --ink: #2f2b27; --grey: #5f5952; --line: #d8d2c8;
  --paper: #fdfcfa; color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 "Segoe UI", Seravek, Ubuntu, "Noto Sans", "DejaVu Sans",
  sans-serif; font-variant-numeric: tabular-nums; color: var(--ink); background: var(--paper); }
main { max-width: 60rem; margin: 0 auto; padding: 24px; }
h1 { font-size: 1.0625rem; font-weight: 600; color: var(--grey); margin: 0 0 8px; }
h2 { font-size: 1.125rem; margin: 32px 0 8px; }
.lead { font-size: 1.375rem; line-height: 1.35; font-weight: 600; margin: 0; text-wrap: pretty; }
p { max-width: 44rem; } .note { color: var(--grey); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: right; padding: 8px; border-bottom: 1px solid var(--line); }
th { font-weight: 600; } th:first-child, td:first-child { text-align: left; }
td { white-space: nowrap; } td:first-child { min-width: 9rem;
  white-space: normal; }
.bar { display: grid; grid-template-columns: 19rem 1fr 4rem; gap: 0 12px; align-items: center;
  min-height: 36px; } .bar > :last-child { text-align: right; }
.track { position: relative; height: 16px; background: linear-gradient(var(--line), var(--line))
  center / 100% 1px no-repeat; }
.track i { position: absolute; top: 6px; height: 4px; background: var(--grey); }
.track b { position: absolute; top: 1px; width: 14px; height: 14px; margin-left: -7px;
  border-radius: 50%; background: var(--grey); }
.ours { font-weight: 600; } .ours i, .ours b { background: var(--teal); }
.axis > span { display: flex; justify-content: space-between; } .axis em { font-style: normal;
  color: var(--grey); }
@media (max-width: 40rem) { main { padding: 16px; } .bar { grid-template-columns: 1fr 4rem;
  padding: 4px 0; } .bar > :first-child { grid-column: 1 / -1; } }
@media print { * { print-color-adjust: exact; } main { padding: 0; }
  section { break-inside: avoid; } }
"""


def write_page(path: Path, answer: Mapping[str, Any], *, name: str) -> int:
    """
    Write the page.

    Parameters
    ----------
    path
        File to write; its folder exists.
    answer
        From `geo.pipeline.backtest.backtest`.
    name
        The municipality's.

    Returns
    -------
    int
        Size in bytes.
    """
    draft = path.with_name(path.name + ".new")
    draft.write_text(page(answer, name=name), encoding="utf-8")
    draft.replace(path)
    return path.stat().st_size


def sentence(answer: Mapping[str, Any]) -> str:
    """
    Say the answer in one sentence.

    Parameters
    ----------
    answer
        From `geo.pipeline.backtest.backtest`.

    Returns
    -------
    str
        Swedish; it says "går inte att avgöra" when the limits hold both answers.
    """
    pair = _pair(answer, "auto", "naive")
    by_name = {row["name"]: row for row in answer["methods"]}
    if pair is None:
        return "För få händelser föll på listorna för att något ska kunna sägas."
    auto, naive = by_name["auto"]["hits"], by_name["naive"]["hits"]
    change = f"{_change(pair['ratio'])} ({_change(pair['low'])} till {_change(pair['high'])})"
    seen = (
        f"Prognosen fångade {_n(auto, 0)} av {_n(by_name['auto']['n'], 0)} händelser på "
        f"{_percent(answer['share'])} av ytan, den enkla räkningen {_n(naive, 0)}: {change}."
    )
    if pair["low"] > 1:
        return f"{seen} Prognosen är bättre."
    if pair["high"] < 1:
        return f"{seen} Den enkla räkningen är bättre; använd den."
    return f"{seen} Vilken som är bäst går inte att avgöra."


def page(answer: Mapping[str, Any], *, name: str) -> str:
    """
    Make the page.

    Parameters
    ----------
    answer
        From `geo.pipeline.backtest.backtest`.
    name
        The municipality's.

    Returns
    -------
    str
        A whole HTML document without a single address in it.
    """
    parts = [
        f"<h1>{escape(name)}: stämde listan?</h1>",
        f'<p class="lead">{escape(sentence(answer))}</p>',
        f"<p>{escape(_how(answer))}</p>",
        f"<section><h2>Andel händelser som listan fångade</h2>{_picture(answer)}</section>",
        f"<section><h2>Samma som tabell</h2>{_table(answer)}</section>",
        f"<section><h2>Kommer så många som sägs?</h2>{_calibration(answer)}</section>",
        _limits(),
    ]
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html>\n<html lang="sv"><head><meta charset="utf-8"/>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"/>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
        f"<title>Stämde listan? {escape(name)}</title><style>{_STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def _how(answer: Mapping[str, Any]) -> str:
    """Say how it was tried."""
    drawn = ""
    if answer["thin"] < 1:
        drawn = (
            f" Bara {_percent(answer['thin'])} av händelserna användes, lottade "
            f"{answer['replicates']} gånger, som i en mindre kommun."
        )
    return (
        f"Så prövades det: {answer['folds']} gånger i följd, fram till {answer['until'][:10]}, "
        f"gjordes en lista för de närmaste {answer['horizon_days']} dagarna av enbart det som "
        f"var känt då. Sedan räknades vad som hände. Varje lista är {answer['cells_listed']} rutor "
        f"om {_n(answer['cell_m'], 0)} m av {_n(answer['cells'], 0)} "
        f"({_n(answer['area_km2'], 1)} km²), lika stor yta för alla metoder. Det som egen "
        f"personal har hittat räknas aldrig som träff.{_grids(answer)}{drawn}"
    )


def _grids(answer: Mapping[str, Any]) -> str:
    """Say that lists were laid on several grids, and why."""
    if answer["grids"] == 1:
        return ""
    return (
        f" Listorna gjordes på {answer['grids']} rutnät, en halv ruta isär, och träffarna är "
        "medeltalet: ett enda rutnät kan ha tur eller otur med var rutorna börjar."
    )


def _picture(answer: Mapping[str, Any]) -> str:
    """Draw the hit rates with their limits."""
    rows = sorted(answer["methods"], key=lambda row: -row["hit_rate"])
    most = max([row["hit_rate_high"] for row in rows] + [1e-9])
    top = _TICK * ceil(round(most / _TICK, 9))
    out = [_bar(row, top=top) for row in rows]
    return (
        '<div class="bars" role="img" aria-label="Träffandel med 95 procents osäkerhet för varje '
        f'metod; siffrorna står i tabellen nedan">{"".join(out)}<div class="bar axis"><span></span>'
        f"<span><em>0 %</em><em>{_n(100 * top, 0)} %</em></span><span></span></div></div>"
        '<p class="note">Punkten är andelen, strecket 95 % osäkerhet. Strecken gäller varje metod '
        "för sig; om två metoder skiljer sig sägs i tabellen, där samma händelser jämförs.</p>"
    )


def _bar(row: Mapping[str, Any], *, top: float) -> str:
    """Draw one method's rate and its limits."""
    at, low, high = (
        100 * row[k] / top for k in ("hit_rate", "hit_rate_low", "hit_rate_high")
    )  # fmt: skip
    ours = " ours" if row["name"] == "auto" else ""
    return (
        f'<div class="bar{ours}"><span>{escape(METHOD_NAMES.get(row["name"], row["name"]))}</span>'
        f'<span class="track"><i style="left:{low:.1f}%;width:{high - low:.1f}%"></i>'
        f'<b style="left:{at:.1f}%"></b></span><span>{_percent(row["hit_rate"])}</span></div>'
    )


def _table(answer: Mapping[str, Any]) -> str:
    """Put the numbers in a table."""
    body = []
    for row in answer["methods"]:
        pair = _pair(answer, row["name"], "naive")
        ratio = _NOTHING
        if pair is not None:
            spread = f"{_n(pair['low'], 2)}–{_n(pair['high'], 2)}"
            ratio = f"{_n(pair['ratio'], 3)} ({spread})"
        pai = f"{_n(row['pai'], 1)} ({_n(row['pai_low'], 1)}–{_n(row['pai_high'], 1)})"
        cells = [
            escape(METHOD_NAMES.get(row["name"], row["name"])), _n(row["hits"], 1), ratio, pai,
            _share(row["pei_same_k"]), _share(row["pei_same_area"]), _share(row["rri"]),
        ]  # fmt: skip
        body.append("<tr>" + "".join(f"<td>{c}</td>" for c in cells) + "</tr>")
    heads = (
        "Metod", "Träffar", "Mot enkel räkning", "PAI", "PEI, samma antal rutor",
        "PEI, samma yta", "RRI",
    )  # fmt: skip
    n = _n(answer["n_test"], 0)
    shared = ", och av medeltalet över rutnäten" if answer["grids"] > 1 else ""
    return (
        f'<p class="note">n = {n} händelser. PAI: andel händelser genom andel yta. PEI: träffar '
        "genom vad facit hade fångat, med lika många rutor eller med fria 25-metersrutor på lika "
        "stor yta. RRI: förutsagda genom inträffade på listan. Inom parentes 95 % osäkerhet. Delar "
        f"av en träff kommer av rutor med lika många, där listan lottar{shared}.</p>"
        f"{_WIDE}<thead><tr>{''.join(f'<th>{h}</th>' for h in heads)}"
        f"</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _calibration(answer: Mapping[str, Any]) -> str:
    """Set foretold beside came."""
    rows = "".join(
        f"<tr><td>{_band(r['share_from'], r['share_to'])} av ytan</td>"
        f"<td>{_n(r['foretold'], 0)}</td><td>{_n(r['came'], 0)}</td>"
        f"<td>{_n(r['low'], 0)}–{_n(r['high'], 0)}</td></tr>"
        for r in answer["calibration"]
    )
    first = ", i det första rutnätet" if answer["grids"] > 1 else ""
    return (
        f'<p class="note">Rutorna i den ordning prognosen ger dem, mest först{first}.</p>'
        f"{_WIDE}<thead><tr><th>Rutor</th><th>Förutsagt</th><th>Inträffat</th>"
        f"<th>Inträffat, 95 %</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _limits() -> str:
    """Say what it does not say."""
    return (
        "<section><h2>Vad sidan inte säger</h2><p>Träffar visar att listan pekade rätt, inte att "
        "närvaro där hjälper. Det som ingen anmäler syns inte. Där personal redan har varit kan "
        "lugn vara effekt eller slump; en prövning bakåt i tiden kan inte skilja dem åt.</p>"
        "</section>"
    )


def _pair(answer: Mapping[str, Any], a: str, b: str) -> Mapping[str, Any] | None:
    """Find the comparison of two methods."""
    return next((p for p in answer["pairs"] if (p["a"], p["b"]) == (a, b)), None)


def _change(ratio: float) -> str:
    """Write a ratio as a change in percent."""
    sign = "+" if ratio >= 1 else "−"
    return f"{sign}{_n(abs(ratio - 1) * 100, 1)} %"


def _n(value: float, decimals: int) -> str:
    """Write a number the Swedish way."""
    return number(value, decimals=decimals)


def _percent(share: float) -> str:
    """Write a share."""
    return f"{_n(100 * share, 1)} %"


def _band(low: float, high: float) -> str:
    """Write two shares as one span."""
    first, last = (f"{100 * v:.3g}".replace(".", ",") for v in (low, high))
    return f"{first}–{last} %"


def _share(value: float | None) -> str:
    """Write a ratio, or that there is none."""
    return _NOTHING if value is None else _n(value, 2)
