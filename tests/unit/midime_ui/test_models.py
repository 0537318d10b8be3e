"""Models are on offer by name, from a fixed list, and loaded when they are called."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine import catalogue
from midime_engine.errors import MidimeError, OptionError, UnknownModelError
from midime_ui import model_at_work, models
from tests.support.studio import EMBEDDED

if TYPE_CHECKING:
    from pathlib import Path

    from midime_engine.catalogue import Entry


def test_importing_it_loads_neither_tensorflow_nor_note_seq() -> None:
    """To show what there is costs nothing."""
    heavy = {"tensorflow", "keras", "jax", "torch", "note_seq", "requests"}
    probe = f"import midime_ui.models, sys; sys.exit(not {heavy!r}.isdisjoint(sys.modules))"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


@pytest.mark.usefixtures("fakes")
def test_the_embedded_models_are_there_in_a_sensible_order() -> None:
    """Melodies, then the trio, then drums."""
    assert list(models.on_this_machine()) == list(EMBEDDED)
    trio = models.base_model("trio_4bar")
    assert (trio.n_steps, trio.n_bars, trio.n_bytes_in_memory) == (64, 4, 18_000_000)


def test_the_real_models_describe_themselves() -> None:
    """With all that the picker needs; their weights are not read."""
    model = models.base_model("mel_2bar")
    assert (model.title, model.parts, model.n_steps) == ("Melody, 2 bars", ("melody",), 32)
    assert 10_000_000 < model.n_bytes_in_memory < 30_000_000


@pytest.mark.usefixtures("fakes")
def test_a_model_that_does_not_exist_is_an_error_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The host who set MIDIME_MODEL reads what to do."""
    monkeypatch.setenv("MIDIME_MODEL", "/nowhere/at/all")
    with pytest.raises(MidimeError) as refusal:
        models.base_model(model_at_work.default_model())
    assert refusal.value.remedy


@pytest.mark.usefixtures("fakes")
def test_the_host_may_begin_with_a_published_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it stands beside the embedded ones."""
    monkeypatch.setenv("MIDIME_MODEL", "magenta/trio_4bar")
    assert list(models.on_this_machine()) == [*EMBEDDED, "magenta/trio_4bar"]


@pytest.mark.usefixtures("fakes")
def test_published_models_are_on_offer_if_they_can_be_used() -> None:
    """Not those of other kinds, nor those that are larger than all models together may be."""
    offered = {entry.name for entry in models.published()}
    assert {"magenta/mel_2bar_small", "magenta/trio_4bar", "magenta/cat-mel_2bar_big"} <= offered
    assert all(entry.supported for entry in models.published())
    assert "magenta/trio_16bar" not in offered

    trio = models.base_model("magenta/trio_4bar")
    assert trio.title == "Trio, 4 bars (Magenta, trio_4bar)"
    assert (trio.n_steps, trio.parts) == (64, ("melody", "bass", "drums"))
    assert trio.n_bytes_in_memory == 4 * 17_636_532


@pytest.mark.usefixtures("fakes")
def test_a_host_can_switch_downloads_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has been downloaded before stays."""
    monkeypatch.setenv("MIDIME_MAX_DOWNLOAD", "0")
    assert models.published() == ()
    assert not models.is_offered("magenta/trio_4bar")

    def is_cached(entry: Entry) -> bool:
        return entry.name == "magenta/trio_4bar"

    monkeypatch.setattr(catalogue, "is_cached", is_cached)
    assert [entry.name for entry in models.published()] == ["magenta/trio_4bar"]


@pytest.mark.usefixtures("fakes")
def test_a_host_can_bound_downloads(monkeypatch: pytest.MonkeyPatch) -> None:
    """In megabytes; nonsense is refused with a remedy."""
    monkeypatch.setenv("MIDIME_MAX_DOWNLOAD", "20")
    offered = {entry.name for entry in models.published()}
    assert "magenta/mel_2bar_small" in offered
    assert "magenta/mel_4bar_med_q2" not in offered
    monkeypatch.setenv("MIDIME_MAX_DOWNLOAD", "much")
    with pytest.raises(OptionError):
        models.published()


@pytest.mark.parametrize(
    "name", ["", "mel_3bar", "../../etc/passwd", "magenta/", "magenta/../x", "magenta/multitrack"]
)
@pytest.mark.usefixtures("fakes")
def test_no_other_name_is_on_offer(name: str) -> None:
    """Whoever asks for it, and however: least of all a path."""
    assert not models.is_offered(name)
    with pytest.raises(UnknownModelError):
        models.base_model(name)


@pytest.mark.usefixtures("fakes")
def test_a_path_that_exists_is_not_on_offer_either(tmp_path: Path) -> None:
    """Paths are for the host."""
    assert not models.is_offered(str(tmp_path))


@pytest.mark.usefixtures("fakes")
def test_a_model_has_one_server_that_loads_when_it_is_called() -> None:
    """For all visitors."""
    server = models.server("trio_4bar")
    assert server is models.server("trio_4bar")
    assert not server.is_ready
    assert server.decode_tokens(np.zeros((2, 256), np.float32)).shape == (2, 64, 3)
    assert models.shelf().in_memory() == ("trio_4bar",)


@pytest.mark.usefixtures("fakes")
def test_the_model_at_work_is_warmed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """And no other."""
    monkeypatch.setattr("streamlit.session_state", {})
    model_at_work.choose_model("drums_2bar")
    models.warm_up()
    models.server("drums_2bar").decode_tokens(np.zeros((1, 256), np.float32))
    assert models.shelf().in_memory() == ("drums_2bar",)


@pytest.mark.parametrize("allowed", [True, False])
def test_a_host_with_little_memory_has_nothing_loaded_ahead(
    monkeypatch: pytest.MonkeyPatch, *, allowed: bool
) -> None:
    """``MIDIME_WARM_UP=0``: a model is loaded when somebody needs it."""
    asked: list[str] = []

    class Server:
        def warm_up(self) -> None:
            asked.append("warm")

    monkeypatch.setattr(models, "server", lambda _: Server())
    monkeypatch.setenv("MIDIME_WARM_UP", "1" if allowed else "0")
    models.warm_up()
    assert asked == (["warm"] if allowed else [])


def test_the_size_of_vectors_is_asked_of_the_model(fakes: None) -> None:  # noqa: ARG001
    """Whoever opens a file compares it."""
    assert models.z_size("mel_2bar") == 256
