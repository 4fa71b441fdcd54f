"""What a municipality says of its light names the run, is checked, and is used."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import SettingsError
from geo.lighting.service import SERVICE_DAYS, service_days
from geo.pipeline import Workspace
from geo.pipeline.order import Order
from geo.pipeline.own_light import own_light
from geo.settings import Profile
from tests.lighting.conftest import Town
from tests.lighting.photometric import ldt

if TYPE_CHECKING:
    from pathlib import Path

RULE = {"class": "P3", "kinds": ["cycleway"], "decided_by": "Gatuenheten",
        "decided_on": "2026-03-02"}  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "w", Profile(name="Prov"))


def name(said: Any) -> str:
    return Order("2026-W47").run_id(content={}, former=None, said=said)


def test_a_profile_that_says_nothing_keeps_the_names_of_runs(workspace: Workspace) -> None:
    own = own_light(workspace, Town.lamps([10, 20]))
    assert own.said == {}
    assert name(own.said) == Order("2026-W47").run_id(content={}, former=None)
    assert own.service_days == SERVICE_DAYS


def test_service_classes_and_files_name_the_run(workspace: Workspace) -> None:
    lamps = Town.lamps([10, 20], optic="park")
    names = {name(own_light(workspace, lamps).said)}
    (workspace.photometry / "park.ldt").write_bytes(ldt(1))
    names.add(name(own_light(workspace, lamps).said))
    (workspace.photometry / "park.ldt").write_bytes(ldt(1, end="\n"))
    names.add(name(own_light(workspace, lamps).said))
    (workspace.photometry / "unused.ldt").write_bytes(b"not read")
    assert name(own_light(workspace, lamps).said) in names
    for change in ({"service_days": "malmo"}, {"extra": {"lighting": {"class": [RULE]}}}):
        changed = Workspace(workspace.folder, replace(workspace.profile, **change))
        names.add(name(own_light(changed, lamps).said))
    assert len(names) == 5


def test_a_named_service_is_read_back_from_the_file(workspace: Workspace) -> None:
    replace(workspace.profile, service_days="vallentuna").write(workspace.folder)
    again = Workspace.open(workspace.folder)
    assert again.profile.service_days == "vallentuna"
    assert own_light(again).service_days == service_days("vallentuna")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("nowhere", "nobody has written down"),
        ({"single": 30}, "lacks group"),
        ({"single": 30, "group": 0}, "`group` is not a number above 0"),
        ({"single": "snart", "group": 3}, "`single` is not a number"),
        ({"single": 30, "group": 3, "rond": 2}, "no class 'rond'"),
        (30, "neither a table nor a name"),
    ],
)
def test_a_service_that_cannot_be_understood_is_said(
    workspace: Workspace, said: Any, told: str
) -> None:
    changed = Workspace(workspace.folder, replace(workspace.profile, service_days=said))
    with pytest.raises(SettingsError, match=told):
        own_light(changed)


def test_a_new_profile_explains_how_light_is_told(workspace: Workspace) -> None:
    text = (workspace.folder / "profile.toml").read_text(encoding="utf-8")
    assert "# [[lighting.class]]" in text
    assert "photometry/" in text
    taken = "\n".join(
        line.removeprefix("# ") if line.startswith(("# [[", "# class", "# kinds", "# decided"))
        else line
        for line in text.splitlines()
    )  # fmt: skip
    (workspace.folder / "profile.toml").write_text(
        taken.replace("# [[lighting.optic]]", "").replace("[[lighting.optic]]", ""),
        encoding="utf-8",
    )
    own = own_light(Workspace.open(workspace.folder))
    assert own.profile.classes[0].light_class == "P3"
    assert own.profile.classes[0].decided == "Gatuenheten 2026-03-02"
