"""What a host sets is used, and nonsense is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from midime_engine.errors import OptionError
from midime_engine.library import settings


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in settings.__all__:
        if name.isupper():
            monkeypatch.delenv(getattr(settings, name), raising=False)


def test_without_settings_everything_is_in_one_folder_of_the_user() -> None:
    """The database and the store side by side."""
    folder = settings.data_folder()
    assert folder.name == "midime"
    assert settings.database_url() == f"sqlite:///{folder / 'library.sqlite3'}"
    assert Path(settings.store_url()).parent == folder
    assert settings.limits() == settings.Limits()


def test_a_host_puts_them_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each by a variable of its own."""
    monkeypatch.setenv("MIDIME_DATA", "/srv/midime")
    assert settings.store_url() == "/srv/midime/store"
    monkeypatch.setenv("MIDIME_DATABASE_URL", "postgresql://db/midime")
    monkeypatch.setenv("MIDIME_STORE", "s3://bucket/midime")
    assert settings.database_url() == "postgresql://db/midime"
    assert settings.store_url() == "s3://bucket/midime"


def test_limits_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A link lives for a day at least; a model may be kept for ever."""
    for name, value in {
        "SHARE_DAYS": "0",
        "KEEP_DAYS": "0",
        "MAX_SAVED": "3",
        "MAX_SAVED_MB": "10",
        "MAX_STORE_MB": "100",
    }.items():
        monkeypatch.setenv(f"MIDIME_{name}", value)
    assert settings.limits() == settings.Limits(
        share_days=1,
        keep_days=0,
        max_saved=3,
        max_owner_bytes=10_000_000,
        max_store_bytes=100_000_000,
    )


@pytest.mark.parametrize("value", ["-1", "many", "1e3", "²", "99999999999999"])
def test_nonsense_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """With the variable that has to be changed."""
    monkeypatch.setenv("MIDIME_KEEP_DAYS", value)
    with pytest.raises(OptionError, match="MIDIME_KEEP_DAYS"):
        settings.limits()
