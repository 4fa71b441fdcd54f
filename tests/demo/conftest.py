"""Two made-up municipalities, written once: one with places planted, one without."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.demo import Demo, write_demo

SEED = 1


@pytest.fixture(scope="session")
def _written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Demo]:
    folder = tmp_path_factory.mktemp("planted")
    return folder, write_demo(folder, seed=SEED)


@pytest.fixture(scope="session")
def _null_written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Demo]:
    folder = tmp_path_factory.mktemp("null")
    return folder, write_demo(folder, seed=SEED, planted=False)


@pytest.fixture(scope="session")
def demo(_written: tuple[Path, Demo]) -> Demo:
    return _written[1]


@pytest.fixture(scope="session")
def demo_folder(_written: tuple[Path, Demo]) -> Path:
    return _written[0]


@pytest.fixture(scope="session")
def null_demo(_null_written: tuple[Path, Demo]) -> Demo:
    return _null_written[1]


@pytest.fixture(scope="session")
def null_folder(_null_written: tuple[Path, Demo]) -> Path:
    return _null_written[0]
