"""What a municipality says of its own lighting in its profile: classes of streets, optics."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from geo.errors import AnalysisError, SettingsError
from geo.frames.incoming import STREET_KINDS
from geo.lighting.classes import light_class
from geo.lighting.optics.folder import STREET_SIDE_DEG, OpticSaid, fold
from geo.lighting.tables import lighting_table
from geo.runs import PATH_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from geopandas import GeoDataFrame

CHOSEN_BY = ("streets", "names", "kinds")
"""What a rule may choose streets by, the most particular first."""
_CLASS_KEYS = frozenset({"class", *CHOSEN_BY, "decided_by", "decided_on"})
_OPTIC_KEYS = frozenset({"name", "file", "street_side", "lamp_set"})
_TUNNEL, _SQUARE = "gc_tunnel", "square"


@dataclass(frozen=True, slots=True)
class ClassRule:
    """
    A decision that some streets should have a class.

    Parameters
    ----------
    light_class
        Such as ``P3``.
    by
        ``streets`` (ids), ``names`` or ``kinds``.
    chosen
        Which of them.
    decided_by, decided_on
        Who and when: never a person, a unit or a board.
    """

    light_class: str
    by: str
    chosen: tuple[str, ...]
    decided_by: str
    decided_on: date

    @property
    def decided(self) -> str:
        """Who and when, in one text."""
        return f"{self.decided_by} {self.decided_on.isoformat()}"


@dataclass(frozen=True, slots=True)
class LightProfile:
    """
    The table ``lighting`` of a profile.

    Parameters
    ----------
    classes
        Decisions, in the order they are written.
    optics
        Photometric files by folded name of the optic.
    """

    classes: tuple[ClassRule, ...] = ()
    optics: Mapping[str, OpticSaid] = field(default_factory=dict)

    @classmethod
    def parse(cls, raw: Any) -> LightProfile:
        """
        Read the table.

        Parameters
        ----------
        raw
            As parsed from TOML; None where the profile has none.

        Returns
        -------
        LightProfile
            Checked: classes exist and can be judged by lux, kinds are kinds of street, and
            every decision says who made it and when.

        Raises
        ------
        SettingsError
            If something cannot be understood; it says which entry.
        """
        if raw is None:
            return cls()
        rest = set(raw) - {"class", "optic"} if isinstance(raw, dict) else {"?"}
        if rest:
            msg = "`lighting` in profile.toml is not understood."
            fix = "write [[lighting.class]] and [[lighting.optic]]"
            raise SettingsError(msg, found=", ".join(sorted(rest)), fix=fix)
        rules = [_rule(row, n) for n, row in enumerate(_rows(raw, "class"), start=1)]
        optics = dict(_optic(row, n) for n, row in enumerate(_rows(raw, "optic"), start=1))
        return cls(tuple(rules), optics)

    def as_table(self) -> dict[str, Any]:
        """
        Give plain values, by which a run is named.

        Returns
        -------
        dict
            Empty where nothing is said.
        """
        rules = [[r.light_class, r.by, list(r.chosen), r.decided] for r in self.classes]
        optics = {k: [v.file, v.street_side_c_deg, v.lamp_set] for k, v in self.optics.items()}
        table: dict[str, Any] = {"classes": rules, "optics": optics}
        return {name: value for name, value in table.items() if value}

    def class_of(self, streets: GeoDataFrame) -> pd.DataFrame:
        """
        Give each street the class it should have.

        Parameters
        ----------
        streets
            By id, with ``name`` and ``kind``.

        Returns
        -------
        DataFrame
            By street id: ``light_class`` (missing for a road nobody has decided of: motor
            traffic is judged by luminance, which is not computed), ``class_from`` (streets,
            names, kinds or default) and ``decided`` (who and when, missing by default). Ids
            decide before names and names before kinds; of two of one sort the later.
        """
        import pandas as pd

        usual = lighting_table("classes")["product_default"]
        kind = streets["kind"].astype("object")
        path = kind.isin([*PATH_KINDS, _SQUARE])
        out = pd.DataFrame(
            {"light_class": None, "class_from": "default", "decided": None},
            index=streets.index, dtype="object",
        )  # fmt: skip
        out.loc[path, "light_class"] = usual["path"]
        out.loc[kind == _TUNNEL, "light_class"] = usual["tunnel"]
        keys = {
            "kinds": kind,
            "names": streets["name"].fillna("").map(fold),
            "streets": pd.Series(streets.index.astype("object"), streets.index),
        }
        for by in reversed(CHOSEN_BY):
            for rule in (r for r in self.classes if r.by == by):
                values = [fold(v) for v in rule.chosen] if by == "names" else list(rule.chosen)
                mine = keys[by].isin(values)
                out.loc[mine, ["light_class", "class_from", "decided"]] = [
                    rule.light_class, by, rule.decided,
                ]  # fmt: skip
        return out

    def unmatched(self, streets: GeoDataFrame) -> list[str]:
        """
        List the street ids and names of decisions that no street has.

        Parameters
        ----------
        streets
            By id, with ``name``.

        Returns
        -------
        list of str
            In the order they are written.
        """
        ids = set(streets.index)
        names = set(streets["name"].dropna().map(fold))
        return [
            value
            for rule in self.classes
            for value in rule.chosen
            if (rule.by == "streets" and value not in ids)
            or (rule.by == "names" and fold(value) not in names)
        ]


def _rows(raw: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Take a list of tables."""
    rows = raw.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        msg = f"`lighting.{name}` in profile.toml is not a list of tables."
        fix = f"begin each with [[lighting.{name}]]"
        raise SettingsError(msg, found=type(rows).__name__, fix=fix)
    return rows


def _rule(row: Mapping[str, Any], n: int) -> ClassRule:
    """Read one decision."""
    where = f"[[lighting.class]] number {n} in profile.toml"
    _only(row, _CLASS_KEYS, where)
    name = _text(row, "class", where)
    try:
        light_class(name)
    except AnalysisError as error:
        msg = f"{where}: there is no class {name!r} that can be judged by lux."
        fix = "use a P or C class: M classes need luminance, which is not computed"
        raise SettingsError(msg, known=error.facts["known"], fix=fix) from None
    by = [key for key in CHOSEN_BY if key in row]
    if len(by) != 1:
        msg = f"{where} does not say which streets, in one way."
        found, fix = ", ".join(by) or "nothing", 'write for example kinds = ["cycleway"]'
        raise SettingsError(msg, found=found, expected="kinds, names or streets", fix=fix)
    values = row[by[0]]
    if not isinstance(values, list) or not values or not all(isinstance(v, str) for v in values):
        msg = f"{where}: `{by[0]}` is not a list of words."
        raise SettingsError(msg, found=values, fix=f'write {by[0]} = ["...", "..."]')
    strange = [v for v in values if by[0] == "kinds" and v not in STREET_KINDS]
    if strange:
        msg = f"{where}: there is no kind of street called {strange[0]!r}."
        raise SettingsError(msg, known=", ".join(STREET_KINDS), fix="use one of the known kinds")
    return ClassRule(
        name, by[0], tuple(values), _text(row, "decided_by", where), _day(row, where)
    )  # fmt: skip


def _optic(row: Mapping[str, Any], n: int) -> tuple[str, OpticSaid]:
    """Read what is said of one optic."""
    where = f"[[lighting.optic]] number {n} in profile.toml"
    _only(row, _OPTIC_KEYS, where)
    side, lamp_set = row.get("street_side", STREET_SIDE_DEG), row.get("lamp_set", 0)
    plain = isinstance(side, (int, float)) and not isinstance(side, bool) and 0 <= side <= 360
    if not plain:
        msg = f"{where}: `street_side` is not a half plane."
        fix = "write street_side = 90, or what the maker says"
        raise SettingsError(msg, found=side, expected="degrees, 0 to 360", fix=fix)
    if not isinstance(lamp_set, int) or isinstance(lamp_set, bool) or lamp_set < 0:
        msg = f"{where}: `lamp_set` is not a number of a set."
        raise SettingsError(msg, found=lamp_set, fix="write lamp_set = 0 for the first")
    said = OpticSaid(_text(row, "file", where), float(side), lamp_set)
    return fold(_text(row, "name", where)), said


def _only(row: Mapping[str, Any], keys: frozenset[str], where: str) -> None:
    """Refuse a word that means nothing here."""
    strange = sorted(set(row) - keys)
    if strange:
        msg = f"{where}: `{strange[0]}` is not understood."
        raise SettingsError(msg, known=", ".join(sorted(keys)), fix="use one of the known words")


def _text(row: Mapping[str, Any], key: str, where: str) -> str:
    """Take a text that must be there."""
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        msg = f"{where}: `{key}` is missing."
        raise SettingsError(msg, found=value, fix=f'write {key} = "..."')
    return value.strip()


def _day(row: Mapping[str, Any], where: str) -> date:
    """Take the day of a decision."""
    value = row.get("decided_on")
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            value = row["decided_on"]
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        msg = f"{where}: `decided_on` is not a day."
        raise SettingsError(msg, found=value, fix="write decided_on = 2026-03-02")
    return value
