"""Profiles: read, checked, written back without losing what they do not know."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from geo.errors import ClockError, CrsError, SettingsError
from geo.settings import SET_BY, Profile, categories


def test_a_profile_comes_back_as_it_was_written(tmp_path: Path) -> None:
    profile = Profile(name="Åkerby", extent=(1.0, 2.0, 3.0, 4.5), extra={"phone": {"vakt": "1"}})
    profile.write(tmp_path)
    assert Profile.read(tmp_path) == profile


def test_a_folder_without_profile_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="lagesbild init"):
        Profile.read(tmp_path)


def test_broken_toml_says_where(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text('name = "x\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="line 1"):
        Profile.read(tmp_path)


@pytest.mark.parametrize("box", [[1, 2, 3], [3, 0, 1, 5], "here"])
def test_a_box_that_is_none_is_refused(box: object) -> None:
    with pytest.raises(SettingsError, match="west, south, east, north"):
        Profile.parse({"extent": box})


def test_degrees_and_unknown_zones_are_refused() -> None:
    with pytest.raises(CrsError):
        Profile.parse({"crs": "EPSG:4326"})
    with pytest.raises(ClockError):
        Profile.parse({"timezone": "Mars/Olympus"})


def test_every_category_has_both_languages_and_a_defined_kind() -> None:
    for key, category in categories().items():
        assert category.label_sv
        assert category.label_en
        assert category.kind in {"event", "place", "context"}, key
        assert category.dark in {"yes", "outdoors", "no"}, key
        assert 0 <= category.severity <= 5
    assert "other" in categories()


def test_every_setting_has_a_comment_above_it(tmp_path: Path) -> None:
    Profile(name="Åkerby", extent=(1.0, 2.0, 3.0, 4.5)).write(tmp_path)
    lines = (tmp_path / "profile.toml").read_text(encoding="utf-8").splitlines()
    said = [(i, line) for i, line in enumerate(lines) if not line.startswith("#")]
    settings = [i for i, line in said if " = " in line or line.startswith("[")]
    tops = [i for i in settings if not lines[i].startswith(("single", "group"))]
    assert len(tops) == 7
    assert all(lines[i - 1].startswith("# ") for i in tops)


def test_setting_the_extent_leaves_the_owners_own_comments(tmp_path: Path) -> None:
    profile = Profile(name="Åkerby", extra={"phone": {"vakt": "1"}})
    profile.write(tmp_path)
    path = tmp_path / "profile.toml"
    fresh = path.read_text(encoding="utf-8")
    own = fresh.replace("crs =", "# valt med kartavdelningen\ncrs =").replace(
        "[phone]", "[phone]  # jour"
    )
    path.write_text(own, encoding="utf-8")
    extent = replace(profile, extent=(1.0, 2.0, 3.0, 4.5), extra=profile.extra | {SET_BY: "b0001"})
    extent.write(tmp_path)
    assert Profile.read(tmp_path) == extent
    told = path.read_text(encoding="utf-8")
    assert "# valt med kartavdelningen" in told
    assert "[phone]  # jour" in told
    profile.write(tmp_path)
    assert path.read_text(encoding="utf-8") == own


def test_a_profile_too_free_to_mend_is_written_afresh(tmp_path: Path) -> None:
    free = 'name = "Åkerby"\nextent = [\n  1.0, 2.0,\n  3.0, 4.0,\n]\n'
    (tmp_path / "profile.toml").write_text(free, encoding="utf-8")
    moved = replace(Profile.read(tmp_path), extent=(5.0, 6.0, 7.0, 8.0))
    moved.write(tmp_path)
    assert Profile.read(tmp_path) == moved
