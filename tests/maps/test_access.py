"""The access table: complete, tight, and the same as its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import AccessError
from geo.frames import FRAMES, Sensitivity
from geo.maps.access import (
    ACCESS,
    JOINT_ROLES,
    PUBLIC_ROLES,
    RAW_ROLES,
    Precision,
    Role,
    access,
    allowed_columns,
)
from geo.maps.access_page import access_page
from geo.maps.catalog import LAYERS

ROOT = Path(__file__).resolve().parents[2]
INCIDENT_DATA = ("incidents", "reports", "hotspots", "recommendations", "visits", "assessments")


def test_the_page_is_what_the_table_says() -> None:
    assert (ROOT / "docs" / "access.md").read_text(encoding="utf-8") == access_page()


def test_every_frame_has_a_line_for_every_role() -> None:
    assert set(ACCESS) == {*FRAMES, "surface", "quality"}
    assert all(set(row) == set(Role) for row in ACCESS.values())


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("frame", list(FRAMES))
def test_machine_columns_leave_for_nobody(frame: str, role: Role) -> None:
    leaving = {FRAMES[frame].column(name).sensitivity for name in allowed_columns(frame, role)}
    assert Sensitivity.MACHINE not in leaving


@pytest.mark.parametrize("role", PUBLIC_ROLES)
def test_the_public_gets_late_suppressed_squares_and_no_findings(role: Role) -> None:
    for frame in ("incidents", "reports"):
        rule = access(frame, role)
        assert (rule.precision.cell_m or 0) >= 250
        assert rule.min_count >= 5
        assert rule.delay_weeks >= 1
        assert not rule.small_shown
        assert "sexual_harassment" in rule.withheld
    assert all(access(name, role).hidden for name in ("hotspots", "recommendations", "surface"))


@pytest.mark.parametrize("role", JOINT_ROLES)
def test_the_joint_roles_get_no_single_event(role: Role) -> None:
    for frame in ("incidents", "reports"):
        rule = access(frame, role)
        assert rule.precision is Precision.CELL_250
        assert rule.min_count == 5
        assert allowed_columns(frame, role) == []


def test_only_the_coordinator_sees_homes_where_they_are() -> None:
    exact = {r for r in Role if access("incidents", r).single_rows} & set(RAW_ROLES)
    assert exact == set(RAW_ROLES)
    assert access("incidents", Role.COORDINATOR).homes is Precision.EXACT
    assert access("incidents", Role.SECURITY_CHIEF).homes is Precision.STREET


@pytest.mark.parametrize("frame", INCIDENT_DATA)
def test_the_administrator_gets_no_incident_data(frame: str) -> None:
    assert access(frame, Role.ADMINISTRATOR).hidden


def test_lock_checks_and_presence_stay_with_the_two() -> None:
    for role in set(Role) - set(RAW_ROLES):
        assert "check_locked" not in allowed_columns("facilities", role)
        assert access("visits", role).hidden
    assert "check_locked" in allowed_columns("facilities", Role.SECURITY_CHIEF)


def test_what_is_not_listed_does_not_leave() -> None:
    with pytest.raises(AccessError, match="add a line to ACCESS"):
        access("diaries", Role.COORDINATOR)


def test_a_role_is_read_from_outside_or_refused_with_the_list() -> None:
    assert Role.parse(" Forum ") is Role.FORUM
    assert Role.FORUM.label() == "trygghetsforum"
    assert Role.FORUM.label("en") == "safety forum"
    assert all(role.note.endswith(".") for role in Role)
    with pytest.raises(AccessError, match="security_chief"):
        Role.parse("mayor")


def test_every_layer_draws_from_a_listed_frame() -> None:
    assert {entry.frame for entry in LAYERS.values()} <= set(ACCESS)
