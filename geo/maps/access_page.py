"""The access table as a page of the documentation."""

from __future__ import annotations

from geo.frames import FRAMES, Sensitivity
from geo.maps.access import ACCESS, WITHHELD_FROM_PUBLIC, Access, Precision, Role
from geo.maps.catalog import LAYERS

_WORDS = {
    Precision.EXACT: "rows",
    Precision.STREET: "rows, on the street",
    Precision.AREA: "rows, by area",
    Precision.HIDDEN: "–",
}
_TOGETHER = (
    (Role.PUBLIC, Role.REPORTER),
    (Role.WARDEN, Role.FORUM, Role.PLANNER),
    (Role.SECURITY_CHIEF,),
    (Role.COORDINATOR,),
    (Role.ADMINISTRATOR,),
)
_HEAD = """\
# Who sees what

Made from the table in `geo/maps/access.py` by `python -m geo.maps > docs/access.md`; a test keeps
it current. Nothing leaves the product but through `geo.maps.view`, which reads this table.

How to read a cell: **rows** leave as rows, with the columns named under *columns*; **250 m, 1 w,
<5** is a count in fixed squares of 250 m and fixed periods of one operative week, where counts
from 1 to 4 are not told. Squares and periods are fixed once and for all; what a caller asks for
chooses whole squares and whole periods afterwards. *dropped*: squares with a small count are not
there at all. *+1 w*: shown one week after the period has ended. *homes* is how events at a
dwelling (`setting = dwelling_exterior`) are treated.
"""
_COUNTS = """
Where a role gets counts, no column of the frame leaves at all: a square has its own (`n`, `n_min`,
`n_max`, `n_label`, `suppressed`, its period).
"""
_TAIL = """
## Also

- Left out of what the public gets, before anything is counted: {withheld}; events at dwellings;
  places and recommendations; every raster.
- Places and recommendations for the forum, planners and wardens: outlines are drawn 20 m out and
  smoothed, a place with fewer than five events is shown as its 250 m square, rare and sensitive
  categories are put together as *other*, the hour profile is left out, and small counts in the
  reasons are said without their number.
- A dwelling's events are moved to the middle of their stretch of street for everyone but the
  coordinator; without a stretch within 150 m, to the middle of their 250 m square.
- What the layers `lamps` and `lamp_spacing` add (`doubts`, `spacing_…`) is judged among all lamps
  before columns are left out; it says of a lamp no more than the columns above and its place.
- Of each source the same roles are told its name, its organisation, how many events it gave over
  the whole period and the week of the last; where that count is small, nothing but the name.
- Of the data themselves (`quality`: what came, when, what is missing) those roles are told, source
  by source, how much there is, how much of it has a place, and whether this week is as usual; no
  file names, no words of the source, no rejected rows. The public gets one line without a number.
- Lock checks (`facilities.check_locked`), presence (`visits`) and one actor's picture before it is
  shared (`assessments`) reach the coordinator and the head of security only.
- How earlier lists did (`scores`) names places and where wardens were: rows for those two only. The
  forum, planners and wardens are told the sums of each list (on how many places staff were, never
  which), hits from one to four as *fewer than five*, and all weeks together in words alone.
"""


def access_page() -> str:
    """
    Write the access table as Markdown.

    Returns
    -------
    str
        The whole page, with a final line break.
    """
    heads = [", ".join(role.label("en") for role in roles) for roles in _TOGETHER]
    lines = [_HEAD, "## Frames", "", f"| frame | {' | '.join(heads)} |"]
    lines.append("|---|" + "---|" * len(heads))
    for name, row in ACCESS.items():
        cells = [_cell(name, row[roles[0]]) for roles in _TOGETHER]
        lines.append(f"| `{name}` | {' | '.join(cells)} |")
    lines += ["", "## Columns", "", "Columns marked *machine* never leave, for anyone.", ""]
    lines += ["| frame | forum, planners, wardens | + head of security | + coordinator | never |"]
    lines += ["|---|---|---|---|---|"]
    for name in FRAMES:
        levels = (Sensitivity.SHARED, Sensitivity.RESTRICTED, Sensitivity.SECRET)
        cells = [_columns(name, level) for level in (*levels, Sensitivity.MACHINE)]
        lines.append(f"| `{name}` | " + " | ".join(cells) + " |")
    lines += [_COUNTS, "## Layers", "", "| layer | frame | roles |", "|---|---|---|"]
    for name, entry in LAYERS.items():
        seen = ", ".join(role.label("en") for role in Role if entry.seen_by(role))
        lines.append(f"| `{name}` | `{entry.frame}` | {seen} |")
    withheld = ", ".join(f"`{key}`" for key in sorted(WITHHELD_FROM_PUBLIC))
    return "\n".join(lines) + "\n" + _TAIL.format(withheld=withheld)


def _cell(name: str, rule: Access) -> str:
    """Say one cell of the table."""
    side = rule.precision.cell_m
    if name == "quality":
        small = f"summary, <{rule.min_count} hidden" if rule.min_count > 1 else "all"
        return "one line" if rule.hidden else small
    if side is None:
        text = _WORDS[rule.precision]
        if rule.min_count > 1:
            text += f", <{rule.min_count} hidden"
        moved = name == "incidents" and rule.homes is Precision.STREET
        return text + (", homes on the street" if moved else "")
    text = f"{side} m, {rule.period_weeks} w, <{rule.min_count}"
    text += "" if rule.small_shown else " dropped"
    text += f", +{rule.delay_weeks} w" if rule.delay_weeks else ""
    left_out = name == "incidents" and rule.homes is Precision.HIDDEN
    return text + (", no homes" if left_out else "")


def _columns(name: str, level: Sensitivity) -> str:
    """List the columns of a frame that a level adds."""
    wanted = {level} | ({Sensitivity.OPEN} if level is Sensitivity.SHARED else set())
    return ", ".join(f"`{c.name}`" for c in FRAMES[name].columns if c.sensitivity in wanted) or "–"
