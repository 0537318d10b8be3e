"""A card as Markdown, and the tables of its figures, which the command line prints too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["figures_in_words", "prose"]

_SOURCES: Final = {
    "prior": "the prior",
    "mixture": "a mixture of Gaussians fitted to training windows",
}
_FEATURES: Final = {
    "pitch_class": "pitch class",
    "interval": "interval",
    "duration": "duration",
    "onset_position": "onset position",
    "notes_per_bar": "notes per bar",
    "drum_class": "drum",
    "hits_per_bar": "hits per bar",
    "drum_pair": "drums together",
}
_MODES: Final = {
    "greedy_from_mu": "greedy from mu",
    "sampled_from_mu": "sampled at temperature 1, from mu",
    "sampled_from_posterior": "sampled at temperature 1, z sampled too",
}


def prose(card: Mapping[str, Any]) -> str:
    """The whole card, for whoever reads no JSON."""
    lines = [
        f"# {card['name']}: {card['summary']}",
        "",
        (
            f"A MusicVAE with {card['n_parameters']:,} parameters and {card['z_size']} latent "
            "numbers, trained for this project. Architecture: Roberts, Engel, Raffel, Hawthorne, "
            "Eck, arXiv 1803.05428. Weights: half-precision safetensors, Apache-2.0."
        ),
        "",
        *figures_in_words(card),
        *_training(card["training"]),
        *_data(card["data"]),
    ]
    return "\n".join(lines).rstrip() + "\n"


def figures_in_words(card: Mapping[str, Any]) -> list[str]:
    """Lines of Markdown: targets, what comes back, what is dreamt, how smooth the ways are.

    ``card`` is what :func:`midime_engine.pretraining.card.judged_against` returns, or more.
    """
    figures = card["validation"]
    lines = _against(card) + _reconstruction(figures, card.get("published"))
    for name, others in figures.get("other_windows", {}).items():
        lines += [f"### Other windows: {name} ({others['windows']:,})", "", *_by_part(others), ""]
    return lines + _prior(figures["prior"]) + _ways(figures["interpolation"])


def _against(card: Mapping[str, Any]) -> list[str]:
    lines: list[str] = []
    if card.get("targets"):
        rows = [
            (
                row["what"],
                f"{row['least']:.3f}",
                f"{row['measured']:.4f}",
                "yes" if row["reached"] else "no",
            )
            for row in card["targets"]
        ]
        lines += ["## Targets", "", *_table(("figure", "target", "measured", "reached"), rows), ""]
    if card.get("notes"):
        lines += [*(f"- {note}" for note in card["notes"]), ""]
    return lines


def _reconstruction(figures: Mapping[str, Any], published: Mapping[str, Any] | None) -> list[str]:
    greedy = figures["greedy_from_mu"]
    lines = [
        f"## What comes back of {figures['windows']:,} validation windows",
        "",
        *_by_part(figures),
        "",
        *_hits(greedy),
        (
            f"The code of a window costs {greedy['kl_nats']:.1f} nats (KL from the prior) in "
            f"{greedy['active_dimensions']} dimensions of more than a hundredth of a nat. The ten "
            f"that carry most: {_most_informative(figures)}."
        ),
        "",
    ]
    if published:
        ours = figures["sampled_from_mu"]["parts"], figures["sampled_from_posterior"]["parts"]
        rows = [
            (
                role,
                f"{value:.3f}",
                *(f"{parts[role]['step_accuracy']:.3f}" for parts in ours),
            )
            for role, value in published["step_accuracy"].items()
        ]
        lines += [
            (
                "Beside the paper's figures (Table 1, full sampling at temperature 1, on its own "
                f"held-out data; {published['what']}). It does not say whether z was sampled too."
            ),
            "",
            *_table(("part", "paper", "ours, z = mu", "ours, z sampled"), rows),
            "",
        ]
    return lines


def _by_part(figures: Mapping[str, Any]) -> list[str]:
    rows = []
    for mode, words in _MODES.items():
        found = figures[mode]
        several = len(found["parts"]) > 1
        each = {**found["parts"], **({"all": found} if several else {})}
        for role, shares in each.items():
            whole = f"{found['exact_windows']:.4f}" if role == "all" or not several else ""
            rows.append(
                (
                    words,
                    role,
                    f"{shares['step_accuracy']:.4f}",
                    f"{shares['onset_accuracy']:.4f}",
                    whole,
                )
            )
    return _table(("decoded", "part", "steps", "onsets", "whole windows"), rows)


def _hits(greedy: Mapping[str, Any]) -> list[str]:
    drums = greedy["parts"].get("drums")
    if not drums:
        return []
    hits = drums["hits"]
    return [
        (
            "A drum step is right when exactly the same drums are struck; an onset is a step with "
            f"a hit. Single hits of the nine classes, greedy: precision {hits['precision']:.4f}, "
            f"recall {hits['recall']:.4f}, F1 {hits['f1']:.4f}."
        ),
        "",
    ]


def _most_informative(figures: Mapping[str, Any]) -> str:
    nats = figures["nats_per_dimension"]
    return ", ".join(f"{i} ({nats[i]:.2f})" for i in figures["dimensions_by_information"][:10])


def _prior(prior: Mapping[str, Any]) -> list[str]:
    real = prior["real"]
    parts = list(real["overlap"])
    n = prior["samples"][0]["samples"]
    lines = [
        f"## What it dreams: {n:,} windows each, beside the validation windows",
        "",
        (
            "Overlapped area of distributions, 1 for the same. The first row compares two halves "
            "of the real windows, which is as near as samples can come."
        ),
        "",
    ]
    columns = [(role, feature) for role in parts for feature in real["overlap"][role]]
    several = len(parts) > 1
    head = [f"{role}: {_FEATURES[f]}" if several else _FEATURES[f] for role, f in columns]
    rows = [
        (_named(row), *(f"{row['overlap'][role][f]:.3f}" for role, f in columns))
        for row in (real, *prior["samples"])
    ]
    lines += [*_table(("windows", *head), rows), ""]
    keys = bool(real["in_all_keys"])
    rows = [
        (
            _named(row),
            f"{row['lowest_overlap']:.3f}",
            f"{row['mean_overlap']:.3f}",
            *(["/".join(f"{share:.3f}" for share in row["in_all_keys"].values())] if keys else []),
            "/".join(f"{row['with_notes'][role]:.3f}" for role in parts),
            "/".join(f"{row['onsets_per_bar'][role]:.1f}" for role in parts),
            "" if row["copied_bars"] is None else f"{row['copied_bars']:.3f}",
        )
        for row in (real, *prior["samples"])
    ]
    head = [
        "windows",
        "lowest",
        "mean",
        *(["pitch class in all keys"] if keys else []),
        "with notes",
        "onsets per bar",
        "bars copied",
    ]
    lines += [*_table(head, rows), ""]
    if keys:
        lines += [
            (
                "Training moves windows into all keys, and the prior dreams in all of them; the "
                "validation windows prefer some. Against real music in all keys alike, pitch "
                "classes overlap as the fourth column says."
            ),
            "",
        ]
    if any(row["source"] == "mixture" for row in prior["samples"]):
        lines += [
            (
                "The mixture of 16 Gaussians describes where the encoder puts training windows; "
                "the prior is what training pulls them to. Copied bars occur note for note among "
                "the training windows."
            ),
            "",
        ]
    return lines


def _named(row: Mapping[str, Any]) -> str:
    if "source" not in row:
        return "real"
    return f"{_SOURCES[row['source']]}, temperature {row['temperature']:g}"


def _ways(ways: Mapping[str, Any] | None) -> list[str]:
    if ways is None:
        return []
    rows = []
    for key, words in (("tokens", "tokens that differ"), ("heard", "what is heard")):
        change = ways[key]
        rows.append(
            (
                words,
                f"{change['mean_step']:.3f}",
                f"{max(change['by_step']):.3f}",
                f"{change['ends']:.3f}",
                f"{change['random_pair']:.3f}",
                f"{change['smooth_steps']:.1%}",
            )
        )
    head = ("measure", "mean step", "greatest mean step", "ends", "random pair", "steps below it")
    return [
        "## How smooth its ways are",
        "",
        f"Ten steps along the great circle between {ways['pairs']} random pairs of real windows:",
        "",
        *_table(head, rows),
        "",
    ]


def _training(training: Mapping[str, Any]) -> list[str]:
    machine = training.get("machine") or {}
    where = f" on {machine['device']} ({machine['backend']})" if machine else ""
    lines = [
        "## Training",
        "",
        f"{training['sequences']:,} sequences in {training['steps']:,} steps and "
        f"{training['minutes']:g} minutes{where}. Settings: "
        + ", ".join(f"{key} {value}" for key, value in training["settings"].items())
        + ".",
        "",
    ]
    course = training.get("course") or []
    if course:
        rows = [
            (
                f"{row['seconds'] / 60:.0f}",
                f"{row['sequences']:,}",
                f"{row['reconstruction']:.2f}",
                f"{row['kl']:.1f}",
                f"{row['beta']:.4f}",
                *(
                    f"{row[key]:.4f}" if key in row else ""
                    for key in ("step_accuracy", "onset_accuracy")
                ),
            )
            for row in course
        ]
        head = ("minutes", "sequences", "reconstruction", "KL", "beta", "steps", "onsets")
        lines += [*_table(head, rows), ""]
    return lines


def _data(data: Mapping[str, Any]) -> list[str]:
    rows = [
        (
            row.get("title", row["corpus"]),
            f"{row['windows']:,}",
            row.get("licence", "not recorded"),
            row.get("attribution", ""),
        )
        for row in data["corpora"]
    ]
    return [
        "## Data",
        "",
        (
            f"{data['train_windows']:,} windows for training and {data['valid_windows']:,} for "
            "validation, split by song; windows that differ by a transposition only are counted "
            "once."
        ),
        "",
        *_table(("corpus", "windows", "licence", "attribution"), rows),
        "",
    ]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        _row(head),
        _row(["---"] * len(head)),
        *(_row(row) for row in rows),
    ]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
