"""A light survey held against the register: from the store to one summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.store import Store


def measured_against_model(store: Store, *, timezone: str) -> dict[str, Any] | None:
    """
    Compare measured horizontal lux with the light of the lamps in the register.

    Parameters
    ----------
    store
        An open store.
    timezone
        Local zone of the lamps' schedules.

    Returns
    -------
    dict or None
        What `geo.lighting.surveys.survey_summary` gives; None when no lux was
        measured, or there are no lamps or streets to calculate from.
    """
    from geo.lighting.faults import fault_events
    from geo.lighting.outages import lamp_status
    from geo.lighting.plant import light_plant
    from geo.lighting.surveys import compare_measured, survey_summary
    from geo.streets import StreetNet

    measurements = store.read("measurements")
    lamps, streets = store.read("lamps"), store.read("streets")
    if not (measurements["kind"] == "lux_h").any() or lamps.empty or streets.empty:
        return None
    last = measurements["measured_at"].max()
    events = fault_events(store.read("faults"), lamps, now=last.to_pydatetime())
    plant = light_plant(
        lamps, StreetNet.of(streets), areas=store.read("areas"), year=int(last.year)
    )
    points = compare_measured(
        measurements, plant, status=lamp_status(lamps, events),
        schedule=lamps.set_index("id")["schedule"], timezone=timezone,
    )  # fmt: skip
    return survey_summary(points)
