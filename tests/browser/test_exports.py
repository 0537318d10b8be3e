"""Blend two MidiMes, take the result home, and make it again in another process."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from midime_engine.midime import persistence
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.model import MidiMe
from midime_engine.music.playback import Playback
from midime_engine.pipelines.provenance import Provenance
from tests.support.browser import settle, visitors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

LOADING_MS = 240_000
"""The first MidiMe waits for TensorFlow, which a busy machine takes minutes to load."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A visitor who keeps downloads."""
    with visitors(browser, accept_downloads=True) as pages:
        yield pages[0]


def a_midime(song: str, *, seed: int) -> bytes:
    """A MidiMe as its file. It was never trained: what it plays is its own, and that will do."""
    provenance = Provenance(
        model="mel_2bar",
        parts=("melody",),
        playback=Playback(qpm=96.0),
        songs=(f"{song}.mid",),
        sha256=("00" * 32,),
    )
    return persistence.to_bytes(MidiMe(MidiMeConfig(seed=seed)), provenance.to_json())


def midime(*words: str) -> str:
    """Run the command in a process of its own; what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "midime_engine", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def downloaded(page: Page, name: str) -> bytes:
    """What a button gives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).last.click()
    return waiting.value.path().read_bytes()


def add(page: Page, file: Path) -> None:
    """Drop a file into the library, and press the button when it is this one that it adds."""
    page.locator("input[type=file]").set_input_files(file)
    settle(page)
    page.get_by_role("button", name="Add to my library").click()


def test_a_blend_is_taken_home_and_made_again(page: Page, address: str, tmp_path: Path) -> None:
    """Byte for byte, from the zip alone; and the blend comes back as a file."""
    for seed, name in enumerate(("march", "waltz")):
        (tmp_path / f"{name}.safetensors").write_bytes(a_midime(name, seed=seed))
    page.goto(f"{address}/library")
    for name in ("march", "waltz"):
        add(page, tmp_path / f"{name}.safetensors")
        page.get_by_role("heading", name=name, exact=True).wait_for(timeout=LOADING_MS)
        settle(page)
    page.get_by_role("button", name="Blend", exact=True).click()
    page.get_by_text("waltz and march is in your library").wait_for()
    likes = page.locator("[data-testid=stMetricValue]")
    likes.nth(1).wait_for()
    assert likes.count() == 2
    assert all(value.endswith("%") for value in likes.all_inner_texts())
    page.get_by_role("button", name="Open it").click()

    page.get_by_role("heading", name="Take it home").wait_for()
    page.get_by_role("slider", name="Slider 1").press("End")
    settle(page)
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(downloaded(page, "Everything"))
    with zipfile.ZipFile(bundle) as archive:
        midi = archive.read("variation.mid")
        params = json.loads(archive.read("params.json"))
        assert b"march" not in archive.read("midime.safetensors")
    assert params["point"] == [3.0, 0.0, 0.0, 0.0]
    assert downloaded(page, "MIDI") == midi
    told = midime("reproduce", str(bundle), "--out", str(tmp_path / "again"))
    assert "the same music, byte for byte" in told
    assert (tmp_path / "again" / "variation.mid").read_bytes() == midi

    assert b"plotly" in downloaded(page, "Map")
    page.get_by_text("The score", exact=True).click()
    page.get_by_alt_text("Score of the variation, page 1").wait_for()
    assert b"<score-partwise" in downloaded(page, "MusicXML")

    page.goto(f"{address}/library")  # A new session: somebody else's.
    blend = tmp_path / "from the zip.safetensors"
    with zipfile.ZipFile(io.BytesIO(bundle.read_bytes())) as archive:
        blend.write_bytes(archive.read("midime.safetensors"))
    add(page, blend)
    page.get_by_role("heading", name="from the zip", exact=True).wait_for()
    page.get_by_text("blend of 50 % a MidiMe and 50 % a MidiMe").wait_for()
