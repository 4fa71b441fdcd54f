"""Profiles: read, checked, written back without losing what they do not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import ClockError, CrsError, SettingsError
from geo.settings import Profile, categories


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
