"""A bundle holds what it says, says nothing that it should not, and is read with suspicion."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midime_engine.errors import MidiMeFileError
from midime_engine.midime import persistence
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.model import MidiMe
from midime_engine.music.playback import Playback
from midime_engine.pipelines import bundle
from midime_engine.pipelines.provenance import Parent, Provenance
from midime_engine.pipelines.take import Take

TAKE = Take((0.5, -1.25), ((3, 0.5),), 0.8, 7)
PLAYBACK = Playback(qpm=96.5, numerator=3, n_steps=24, programs=(40,), velocities=(101,))
PROVENANCE = Provenance(
    model="mel_2bar",
    parts=("melody",),
    playback=PLAYBACK,
    songs=("Für Elise.mid",),
    sha256=("ab" * 32,),
    n_chunks=5,
)
CONFIG = MidiMeConfig(input_size=32, latent_size=2, encoder_layers=(4,), decoder_layers=(4,))
MIDIME = persistence.to_bytes(MidiMe(CONFIG), PROVENANCE.to_json())
MIDI = b"MThd and so on"


def packed(**changes) -> bytes:
    """A bundle of our own."""
    values = {
        "midime": MIDIME,
        "midi": MIDI,
        "take": TAKE,
        "playback": PLAYBACK,
        "model_sha256": "cd" * 32,
        **changes,
    }
    return bundle.pack(**values)


def contents(data: bytes) -> dict[str, bytes]:
    """What is in a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rezipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip as anybody may make it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_what_goes_in_comes_out() -> None:
    """Take, playback, digests, music and MidiMe."""
    read = bundle.unpack(packed(with_songs=True))
    assert read.params.take == TAKE
    assert read.params.playback == PLAYBACK
    assert read.params.model == "mel_2bar"
    assert read.params.model_sha256 == "cd" * 32
    assert read.params.versions["numpy"] == np.__version__
    assert read.midime == MIDIME
    assert read.midi == MIDI


def test_the_same_take_gives_the_same_bytes() -> None:
    """No clock is in it."""
    assert packed() == packed()


def test_the_songs_are_named_only_if_somebody_wants_that() -> None:
    """Neither in params.json nor in the MidiMe, whose weights stay what they are."""
    hidden = contents(packed())
    for data in hidden.values():
        assert b"Elise" not in data
        assert b"ab" * 32 not in data
    told = contents(packed(with_songs=True))
    assert json.loads(told["params.json"])["songs"] == [
        {"name": "Für Elise.mid", "sha256": "ab" * 32}
    ]
    ours, theirs = (persistence.from_bytes(each)[0] for each in (MIDIME, hidden[bundle.MIDIME]))
    for name, weights in ours.weights.items():
        np.testing.assert_array_equal(weights, theirs.weights[name])


def test_the_names_of_parents_go_with_those_of_the_songs() -> None:
    """People call a MidiMe like its song; shares and digests of files remain."""
    blend = Provenance(
        "mel_2bar", ("melody",), PLAYBACK, parents=(Parent("Elise", "ef" * 32, 0.25),)
    )
    data = bundle.without_songs(persistence.to_bytes(MidiMe(CONFIG), blend.to_json()))
    assert b"Elise" not in data
    parents = Provenance.from_json(persistence.from_bytes(data)[1]).parents
    assert parents == (Parent("", "ef" * 32, 0.25),)


def test_other_forms_of_the_music_lie_beside_it() -> None:
    """Under their own names; a name that a reader would refuse is a mistake."""
    assert contents(packed(extras={"variation.wav": b"RIFF"}))["variation.wav"] == b"RIFF"
    for name in ("../up.wav", "params.json", "", "a/b", ".hidden"):
        with pytest.raises(ValueError, match="no name"):
            packed(extras={name: b""})


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "C:\\x.mid", "a\\b", "..", "x\n.mid", "y" * 200]
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    """Also beside what belongs there."""
    with pytest.raises(MidiMeFileError, match="is called"):
        bundle.unpack(rezipped({**contents(packed()), name: b"x"}))


def test_a_name_cut_off_at_a_zero_is_refused() -> None:
    """Python cuts there; other programs may not."""
    data = rezipped({**contents(packed()), "xxxxx/../up": b"x"})
    with pytest.raises(MidiMeFileError):
        bundle.unpack(data.replace(b"xxxxx/../up", b"x\0xxx/../up"))


def test_two_files_of_one_name_are_refused() -> None:
    """Which of them is meant nobody knows."""
    buffer = io.BytesIO(packed())
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(bundle.PARAMS, b"{}")
    with pytest.raises(MidiMeFileError, match="same name"):
        bundle.unpack(buffer.getvalue())


@pytest.mark.parametrize("name", [bundle.PARAMS, bundle.MIDIME, bundle.MIDI])
def test_a_bomb_is_read_up_to_a_limit(name: str, monkeypatch) -> None:
    """A hundred megabytes of zeros are a tenth of one in a zip."""
    data = rezipped({**contents(packed()), name: bytes(100_000_000)})
    assert len(data) < 1_000_000
    read: list[int] = []
    original = zipfile.ZipExtFile.read

    def counted(self, n=-1):
        piece = original(self, n)
        read.append(len(piece))
        return piece

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    with pytest.raises(MidiMeFileError, match="larger than"):
        bundle.unpack(data)
    assert sum(read) < 50_000_000


def test_a_zip_of_many_files_is_refused_before_they_are_listed(monkeypatch) -> None:
    """Each entry would become an object."""
    many = rezipped({f"{i}.txt": b"" for i in range(1500)}, zipfile.ZIP_STORED)
    monkeypatch.setattr(bundle.zipfile, "ZipFile", None)
    with pytest.raises(MidiMeFileError, match="too many"):
        bundle.unpack(many)


def test_more_files_than_a_bundle_has_are_refused() -> None:
    """With their number."""
    with pytest.raises(MidiMeFileError, match="104 files"):
        bundle.unpack(rezipped({**contents(packed()), **{f"{i}": b"" for i in range(100)}}))


def test_unusual_packing_is_refused() -> None:
    """Two ways to pack are enough, and both are bounded."""
    with pytest.raises(MidiMeFileError, match="unusual"):
        bundle.unpack(rezipped(contents(packed()), zipfile.ZIP_LZMA))


@pytest.mark.parametrize("name", [bundle.PARAMS, bundle.MIDIME])
def test_a_missing_part_is_named(name: str) -> None:
    """Without it nothing can be played."""
    members = contents(packed())
    del members[name]
    with pytest.raises(MidiMeFileError, match=name):
        bundle.unpack(rezipped(members))


def test_the_music_itself_may_be_missing() -> None:
    """It can be made again."""
    members = contents(packed())
    del members[bundle.MIDI]
    assert bundle.unpack(rezipped(members)).midi is None


def test_a_midime_of_another_bundle_is_refused() -> None:
    """It would play something else."""
    other = persistence.to_bytes(MidiMe(CONFIG), {"x": 1})
    with pytest.raises(MidiMeFileError, match="not the one"):
        bundle.unpack(rezipped({**contents(packed()), bundle.MIDIME: other}))


def test_a_bundle_of_the_future_is_refused() -> None:
    """With the remedy."""
    members = contents(packed())
    params = {**json.loads(members[bundle.PARAMS]), "format": 2}
    with pytest.raises(MidiMeFileError, match="format '2'") as caught:
        bundle.unpack(rezipped({**members, bundle.PARAMS: json.dumps(params).encode()}))
    assert "Update" in caught.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"null",
        b"{}",
        b"\xff\xfe",
        b'{"format": 1}',
        b"[" * 100_000,
        b'{"format": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda text: text[:14].decode(errors="replace"),
)
def test_settings_that_are_none_are_refused(text: bytes) -> None:
    """Each in the same way."""
    with pytest.raises(MidiMeFileError):
        bundle.unpack_params(text, midime=MIDIME, midi=None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("qpm", -1),
        ("qpm", 10**400),
        ("qpm", None),
        ("numerator", 4.5),
        ("denominator", 3),
        ("denominator", True),
        ("n_steps", "24"),
        ("programs", [128]),
        ("programs", 5),
        ("velocities", [0]),
    ],
)
def test_playback_that_no_file_can_say_is_refused(field: str, value: object) -> None:
    """As in a MidiMe."""
    params = json.loads(contents(packed())[bundle.PARAMS])
    params["playback"][field] = value
    with pytest.raises(MidiMeFileError):
        bundle.unpack_params(
            json.dumps(params).encode(), midime=bundle.without_songs(MIDIME), midi=None
        )


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18), MIDIME])
def test_bytes_that_are_no_zip_are_refused(data: bytes) -> None:
    """With a sentence."""
    with pytest.raises(MidiMeFileError):
        bundle.unpack(data)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_bundle_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    """Whatever happens to its bytes."""
    whole = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 40))
    with suppress(MidiMeFileError):
        assert isinstance(bundle.unpack(bytes(whole[: len(whole) - cut])).params.take, Take)


SMALL = packed()


RULES = bundle.RulesTaken(b"a constraint", ("key=C major",), 0.5)


def test_rules_that_acted_on_it_lie_beside_it() -> None:
    """With what was asked of them, and how strongly."""
    data = packed(rules=RULES)
    assert contents(data)[bundle.RULES] == b"a constraint"
    assert bundle.unpack(data).rules == RULES
    assert bundle.unpack(packed()).rules is None


@pytest.mark.parametrize("other", [None, b"another constraint"])
def test_rules_that_are_missing_or_others_are_refused(other: bytes | None) -> None:
    """The music would be another."""
    members = contents(packed(rules=RULES))
    del members[bundle.RULES]
    if other is not None:
        members[bundle.RULES] = other
    with pytest.raises(MidiMeFileError, match=bundle.RULES):
        bundle.unpack(rezipped(members))


def test_a_strength_that_is_none_is_refused() -> None:
    """It is a share of the way."""
    members = contents(packed(rules=RULES))
    params = json.loads(members[bundle.PARAMS])
    params["rules"]["strength"] = 7
    members[bundle.PARAMS] = json.dumps(params).encode()
    with pytest.raises(MidiMeFileError, match="strength"):
        bundle.unpack(rezipped(members))
