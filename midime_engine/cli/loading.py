"""Models and saved MidiMes named on the command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from midime_engine import catalogue
from midime_engine.errors import MidiMeFileError, OptionError
from midime_engine.musicvae.cards import DEFAULT_MODEL
from midime_engine.pipelines.provenance import Provenance

if TYPE_CHECKING:
    from pathlib import Path

    from midime_engine.cli.stages import Stages
    from midime_engine.midime.model import MidiMe
    from midime_engine.musicvae.model import MusicVAE

__all__ = ["load_midime", "load_model", "read_file"]


def load_midime(path: Path) -> tuple[MidiMe, Provenance]:
    """Read a MidiMe and what it says of its origin.

    Raises:
        MidiMeFileError: When it is missing or no MidiMe.
    """
    from midime_engine.midime import persistence

    midime, metadata = persistence.from_bytes(read_file(path, most=persistence.MAX_FILE_BYTES))
    return midime, Provenance.from_json(metadata)


def read_file(path: Path, *, most: int) -> bytes:
    """The bytes of a file, cut after one more than ``most``: its reader will refuse them.

    Raises:
        MidiMeFileError: When it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise MidiMeFileError(
            f"{path} cannot be read ({error.strerror}).", remedy="Check the name of the file."
        ) from None


def load_model(
    name: str | None,
    stages: Stages,
    *,
    midime: MidiMe | None = None,
    provenance: Provenance | None = None,
) -> MusicVAE:
    """Load the model called ``name``, or the one that a MidiMe was trained above, or the default.

    A published checkpoint is downloaded first, unless it has been already.

    Raises:
        UnknownModelError: When there is no such model.
        DownloadError: When it cannot be downloaded.
        CheckpointError: When its weights cannot be read.
        OptionError: When it does not fit the MidiMe.
    """
    from midime_engine import musicvae

    chosen = name or (provenance.model if provenance else DEFAULT_MODEL)
    _fetch(chosen, stages)
    with stages.stage("load", "Loading the model"):
        model = musicvae.load(chosen)
    if midime is not None and provenance is not None:
        _require_match(model, midime, provenance)
    return model


def _fetch(name: str, stages: Stages) -> None:
    entry = catalogue.find(name)
    if entry is None or catalogue.is_cached(entry):
        return
    catalogue.require_supported(entry)
    folder = catalogue.folder_of(entry)
    # Also where no bar is drawn: it may take long, and somebody's disk.
    print(f"midime: downloading {name} ({entry.size}) to {folder}", file=sys.stderr)
    with stages.transfer("download", "Downloading the model") as report:
        catalogue.fetch(entry, progress=report)


def _require_match(model: MusicVAE, midime: MidiMe, provenance: Provenance) -> None:
    config = model.config
    if config.z_size != midime.config.input_size or config.parts != provenance.parts:
        raise OptionError(
            f"This MidiMe belongs to {provenance.model} ({', '.join(provenance.parts)}), "
            f"not to {config.name} ({', '.join(config.parts)}).",
            remedy="Leave --model out.",
        )
