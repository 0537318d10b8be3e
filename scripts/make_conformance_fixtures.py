"""Write the MusicVAE checkpoints under ``tests/data/musicvae`` and what should be computed of them.

Run from the root of the repository: ``python -m scripts.make_conformance_fixtures``.

Weights are random. Variables are listed here by hand, after the tables of Magenta's checkpoints,
and expected outputs come from :mod:`tests.support.numpy_musicvae`; of the engine nothing is used.
A seed is taken only if its greedy decoding is varied and no choice in it is close, so that single
precision cannot change a token.
"""

from __future__ import annotations

import json
import shutil
import struct
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.support.numpy_musicvae import NumpyMusicVAE, slerp

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "data" / "musicvae"

MARGIN = 2e-3
VARIETY = 8
"""Different tokens that each part must decode to."""

KEPT_STEPS = 8
"""Steps at which the 512 logits of a drum part are kept."""

SHARD_BYTES = 16_384

EVENT_SHARE = 0.45
"""Share of steps at which something begins or ends."""

Arrays = dict[str, np.ndarray]


@dataclass(frozen=True, kw_only=True)
class Family:
    """Sizes of one model; ``levels`` tells a hierarchical encoder from a flat one."""

    depths: tuple[int, ...]
    steps: int
    z: int
    enc: tuple[int, ...]
    dec: tuple[int, ...]
    cond: tuple[int, ...] = ()
    segments: int = 1
    levels: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """In Magenta's order."""
        if len(self.depths) > 1:
            return ("melody", "bass", "drums")
        return ("drums",) if self.depths == (512,) else ("melody",)


MELODY = Family(depths=(90,), steps=32, z=7, enc=(8,), dec=(9, 11))
DRUMS = Family(depths=(512,), steps=32, z=6, enc=(9,), dec=(8, 8))
SIXTEEN_BARS = Family(depths=(90,), steps=256, z=6, enc=(7, 5), dec=(8, 9), cond=(7,), segments=16)
TRIO = Family(
    depths=(90, 90, 512),
    steps=64,
    z=8,
    enc=(6, 7),
    dec=(8, 8),
    cond=(7, 7),
    segments=4,
    levels=True,
)


def variables(family: Family, rng: np.random.Generator) -> Arrays:
    """Random weights by the names of Magenta's variables."""
    arrays: Arrays = {}

    def draw(scope: str, rows: int, columns: int, scale: float) -> None:
        kernel = rng.standard_normal((rows, columns)) * scale
        arrays[f"{scope}/kernel"] = kernel.astype(np.float32)
        arrays[f"{scope}/bias"] = (rng.standard_normal(columns) * 0.3).astype(np.float32)

    inputs = 10 if family.depths == (512,) else sum(family.depths)
    for index, units in enumerate(family.enc):
        scope = f"hierarchical_level_{index}/cell_0" if family.levels else f"cell_{index}"
        for way in ("fw", "bw"):
            name = f"encoder/{scope}/bidirectional_rnn/{way}/multi_rnn_cell/cell_0/lstm_cell"
            draw(name, inputs + units, 4 * units, 0.7)
        inputs = 2 * units
    draw("encoder/mu", inputs, family.z, 1.5)
    draw("encoder/sigma", inputs, family.z, 0.5)
    embedding, root = family.z, "decoder"
    if family.cond:
        scope, inputs = "decoder/hierarchical_level_0", 1
        draw(f"{scope}/initial_state", family.z, 2 * sum(family.cond), 1.0)
        for index, units in enumerate(family.cond):
            draw(f"{scope}/cell_{index}/lstm_cell", inputs + units, 4 * units, 1.0)
            inputs = units
        embedding, root = family.cond[-1], "core_decoder/decoder"
    for part, depth in enumerate(family.depths):
        core = f"core_decoder/core_decoder_{part}/decoder" if len(family.depths) > 1 else root
        draw(f"{core}/z_to_initial_state", embedding, 2 * sum(family.dec), 1.0)
        inputs = depth + embedding
        for index, units in enumerate(family.dec):
            draw(f"{core}/multi_rnn_cell/cell_{index}/lstm_cell", inputs + units, 4 * units, 1.2)
            inputs = units
        draw(f"{core}/output_projection", inputs, depth, 1.8)
    return arrays


def windows(family: Family, n: int, rng: np.random.Generator) -> np.ndarray:
    """Music-like tokens ``[n, steps, parts]``: most steps hold or rest."""
    columns = []
    for depth in family.depths:
        drawn = rng.integers(1, depth, (n, family.steps))
        columns.append(np.where(rng.random((n, family.steps)) < EVENT_SHARE, drawn, 0))
    return np.stack(columns, axis=-1).astype(np.int32)


def expected(family: Family, arrays: Arrays, rng: np.random.Generator, **quirks: bool) -> Arrays:
    """What a kit's README calls ``expected.npz``; empty when the decoding is dull or close."""
    model = NumpyMusicVAE(arrays, n_steps=family.steps, n_segments=family.segments, **quirks)
    tokens, z = windows(family, 3, rng), rng.standard_normal((4, family.z)).astype(np.float32)
    greedy = model.decode(z)
    varied = all(
        len(np.unique(greedy.tokens[..., p])) >= VARIETY for p in range(len(family.depths))
    )
    if greedy.margin.min() < MARGIN or not varied:
        return {}
    mu, sigma = model.encode(tokens)
    reconstructed = model.decode(mu)
    if reconstructed.margin.min() < MARGIN:
        return {}
    out: dict[str, Any] = {
        "input_tokens": tokens,
        "mu": mu,
        "sigma": sigma,
        "z": z,
        "tokens": greedy.tokens,
        "greedy_margin": greedy.margin,
        "recon_tokens": reconstructed.tokens,
        "recon_margin": reconstructed.margin,
        "forced_tokens": windows(family, 2, rng),
        "kl_nats": np.sum((mu**2 + sigma**2 - 1) / 2 - np.log(sigma), axis=1),
        "r_loss_z_is_mu": model.reconstruction_loss(mu, tokens),
        "slerp_mu0_mu1_5": slerp(mu[0], mu[1], 5),
    }
    out["forced_r_loss"] = model.reconstruction_loss(z[:2], out["forced_tokens"])
    for part, logits in enumerate(model.forced_logits(z[:1], out["forced_tokens"][:1])):
        kept = np.arange(family.steps)
        if family.depths[part] == 512 or family.steps > 64:  # noqa: PLR2004 - the large ones
            kept = np.sort(rng.permutation(family.steps)[:KEPT_STEPS])
            out[f"forced_logits_{part}_steps"] = kept
        out[f"forced_logits_{part}"] = logits[:, kept].astype(np.float32)
    if not family.levels:
        out["short_mu"], out["short_sigma"] = model.encode(tokens[:2], [27, 7])
    return out


def settle(
    family: Family, seed: int, stored: Any = lambda arrays: arrays, **quirks: bool
) -> tuple[Arrays, Arrays]:
    """Weights and expectations of the first seed from ``seed`` on that will do.

    ``stored`` turns weights into what a loader gets back from the file.
    """
    while True:
        rng = np.random.default_rng(seed)
        arrays = variables(family, rng)
        outputs = expected(family, stored(arrays), rng, **quirks)
        if outputs:
            return arrays, outputs
        seed += 1000


def describe(folder: Path, family: Family, outputs: Arrays) -> None:
    """Write ``expected.npz`` and ``expected.json``."""
    np.savez_compressed(folder / "expected.npz", **outputs)
    facts = {
        "steps": family.steps,
        "segments": family.segments,
        "output_depths": family.depths,
        "sizes": {"enc": family.enc, "cond": family.cond, "dec": family.dec, "z": family.z},
        "short_lengths": [27, 7],
    }
    text = json.dumps(facts, indent=1) + "\n"
    (folder / "expected.json").write_text(text, encoding="utf-8")


def fresh(name: str) -> Path:
    """An empty folder."""
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def write_tensorflow(name: str, family: Family, seed: int) -> None:
    """A checkpoint as training leaves it, with Adam slots and counters, and a tar of it."""
    import tensorflow as tf

    folder = fresh(name)
    arrays, outputs = settle(family, seed)
    tensors: dict[str, Any] = dict(arrays)
    for variable in list(arrays)[::3]:
        tensors[f"{variable}/Adam"] = np.full_like(arrays[variable], 0.5)
        tensors[f"{variable}/Adam_1"] = np.full_like(arrays[variable], 0.25)
    tensors["beta1_power"] = np.float32(0.5)
    tensors["beta2_power"] = np.float32(0.75)
    tensors["global_step"] = np.int64(1234)
    prefix = folder / f"{name}.ckpt"
    tf.raw_ops.SaveV2(
        prefix=str(prefix),
        tensor_names=list(tensors),
        shape_and_slices=[""] * len(tensors),
        tensors=[tf.convert_to_tensor(value) for value in tensors.values()],
    )
    with tarfile.open(folder / f"{name}.tar", "w") as archive:
        for path in sorted(folder.glob("*.ckpt.*")):
            member = tarfile.TarInfo(path.name)
            member.size = path.stat().st_size
            with path.open("rb") as file:
                archive.addfile(member, file)
    describe(folder, family, outputs)


def quantized(array: np.ndarray, dtype: str) -> tuple[np.ndarray, dict[str, Any]]:
    """What the manifest's quantisation stores: ``value = q * scale + min``."""
    if dtype == "float16":
        return array.astype(np.float16), {"dtype": dtype}
    levels = np.iinfo(dtype).max
    low = float(array.min())
    scale = (float(array.max()) - low) / levels
    q = np.round((array.astype(np.float64) - low) / scale).astype(dtype)
    return q, {"dtype": dtype, "min": low, "scale": scale}


def restored(array: np.ndarray, dtype: str) -> np.ndarray:
    """The weights that a loader gets back."""
    if dtype == "float32":
        return array
    q, how = quantized(array, dtype)
    if dtype == "float16":
        return q.astype(np.float32)
    return (q.astype(np.float64) * how["scale"] + how["min"]).astype(np.float32)


def write_js(name: str, family: Family, seed: int, dtype: str, converter: str) -> None:
    """A Magenta.js folder whose tensors run on from shard to shard."""
    folder = fresh(name)
    arrays, outputs = settle(
        family,
        seed,
        lambda arrays: {key: restored(value, dtype) for key, value in arrays.items()},
        none_bit_early=family.depths == (512,),
    )
    if dtype == "uint8":
        leftover = np.linspace(-1.0, 1.0, 333, dtype=np.float32)
        arrays = {"decoder/opaque_kernel": leftover, **arrays}
    data, weights = b"", []
    for key, array in arrays.items():
        entry: dict[str, Any] = {"name": key, "shape": array.shape, "dtype": "float32"}
        stored = array
        if dtype != "float32":
            stored, entry["quantization"] = quantized(array, dtype)
        weights.append(entry)
        data += stored.astype(stored.dtype.newbyteorder("<")).tobytes()
    pieces = [data[at : at + SHARD_BYTES] for at in range(0, len(data), SHARD_BYTES)]
    names = [f"group1-shard{i + 1}of{len(pieces)}" for i in range(len(pieces))]
    for shard, piece in zip(names, pieces, strict=True):
        (folder / shard).write_bytes(piece)
    arguments: dict[str, Any] = {"numSteps": family.steps}
    if family.segments > 1:
        arguments["numSegments"] = family.segments
    config = {"type": "MusicVAE", "dataConverter": {"type": converter, "args": arguments}}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    manifest = [{"paths": names, "weights": weights}]
    (folder / "weights_manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    describe(folder, family, outputs)


def write_ours(name: str, family: Family, seed: int, dtype: str) -> None:
    """Our own format, byte by byte: header length, JSON header, little-endian tensors."""
    folder = fresh(name)
    arrays, outputs = settle(
        family, seed, lambda a: {k: v.astype(dtype).astype(np.float32) for k, v in a.items()}
    )
    config = {
        "name": name,
        "parts": family.parts,
        "n_steps": family.steps,
        "z_size": family.z,
        "enc_rnn_size": family.enc,
        "hierarchical_encoder": family.levels,
        "dec_rnn_size": family.dec,
        "conductor_rnn_size": family.cond,
        "n_segments": family.segments,
    }
    metadata = {"format": "midime-musicvae-1", "config": json.dumps(config)}
    header: dict[str, Any] = {"__metadata__": metadata}
    data = b""
    for key, array in arrays.items():
        raw = array.astype(dtype).tobytes()
        code = {"float16": "F16", "float32": "F32"}[dtype]
        offsets = [len(data), len(data) + len(raw)]
        header[key] = {"dtype": code, "shape": array.shape, "data_offsets": offsets}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path = folder / f"{name}.safetensors"
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)
    describe(folder, family, outputs)


def main() -> None:
    """Write all of them and say how large they are."""
    write_tensorflow("cat-mel_2bar_tiny", MELODY, 1)
    write_js("js_drums_float32", DRUMS, 2, "float32", "DrumsConverter")
    write_js("js_mel_float16", MELODY, 3, "float16", "MelodyConverter")
    write_js("js_trio_uint8", TRIO, 4, "uint8", "TrioConverter")
    write_js("js_mel_uint16", MELODY, 5, "uint16", "MelodyConverter")
    write_ours("ours_drums_float16", DRUMS, 6, "float16")
    write_ours("ours_mel_16bar_float32", SIXTEEN_BARS, 7, "float32")
    for folder in sorted(path for path in FOLDER.iterdir() if path.is_dir()):
        size = sum(path.stat().st_size for path in folder.iterdir())
        print(f"{folder.name:24s} {size / 1000:7.1f} kB")


if __name__ == "__main__":
    main()
