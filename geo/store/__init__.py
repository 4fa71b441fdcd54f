"""The store: frames, batches, runs and the audit, kept whole through any stop."""

from __future__ import annotations

from geo.store.catalog import open_store as open_store
from geo.store.protocol import Store as Store
from geo.store.records import Appended as Appended
from geo.store.records import BatchInfo as BatchInfo
from geo.store.records import Run as Run
from geo.store.records import Undone as Undone
