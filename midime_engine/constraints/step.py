"""The compiled update: one iteration of critic, critic of realism and actor in one call.

Nothing here belongs to anyone: parameters, moments and batches come in as arguments and go out as
results, so one executable serves all users whose networks have the same sizes. Weights of losses
are arguments too, hence no reason to compile again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from keras import ops

from midime_engine.constraints.network import act, input_slopes, perceive
from midime_engine.learning import adam
from midime_engine.learning.compiled import gradients_of
from midime_engine.learning.executables import Executables

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.constraints.config import ConstraintConfig

__all__ = ["ACTOR_STEPS", "CRITIC_STEPS", "REALISM_STEPS", "Inputs", "States", "one_iteration"]

CRITIC_STEPS: Final = 6
REALISM_STEPS: Final = 2
ACTOR_STEPS: Final = 2
"""Updates of each network in an iteration. The paper's ten to one need thousands of iterations;
the critic here sees far fewer labels and must not learn them by heart."""

_EXECUTABLES: Final = Executables()


class States(NamedTuple):
    """Parameters and moments of the three networks."""

    actor: adam.AdamState
    critic: adam.AdamState
    realism: adam.AdamState


class Inputs(NamedTuple):
    """All that an iteration needs besides the states; ``b`` rows, ``d`` coordinates."""

    heard: Any
    """Coordinates and conditions that have been judged, ``[CRITIC_STEPS, b, d + c]``."""

    labels: Any
    """What was judged, ``[CRITIC_STEPS, b, k]``."""

    real: Any
    """Coordinates of real music, ``[REALISM_STEPS, b, d]``."""

    blend: Any
    """Where between real and moved the slope is looked at, in 0..1, ``[REALISM_STEPS, b, 1]``."""

    starts: Any
    """Where the actor moves from, ``[ACTOR_STEPS, b, d]``."""

    conditions: Any
    """``[ACTOR_STEPS, b, c]``."""

    counts: Any
    """Updates to do of critic, critic of realism and actor, int32 ``[3]``."""

    time: Any
    """Updates done before of each, int32 ``[3]``."""

    learning_rate: Any
    """Float32 scalar."""

    weights: Any
    """How much each wish counts, adding up to the number of wishes, ``[k]``."""

    settings: Any
    """``distance``, ``realism``, ``margin`` and ``gradient_penalty``, float32 ``[4]``."""


def one_iteration(config: ConstraintConfig) -> Callable[..., Any]:
    """The compiled iteration for networks of these sizes.

    It takes :class:`States` and :class:`Inputs` and returns the new states and the last losses
    ``[5]``: critic, critic of realism, and of the actor: wishes, realism and squared distance.
    """
    shape = (
        config.n_coordinates,
        config.condition_size,
        config.n_wishes,
        config.layers,
        config.realism_layers,
    )
    return _EXECUTABLES.of(shape, lambda: _iteration)


def _iteration(states: States, inputs: Inputs) -> tuple[States, Any]:
    inputs = Inputs(*inputs)
    actor, critic, realism = (adam.AdamState(*state) for state in states)
    distance, realism_weight, margin, penalty = ops.unstack(inputs.settings, 4)

    def critic_loss(parameters: list[Any], i: Any, _: Any) -> tuple[Any, Any]:
        logits = perceive(parameters, ops.take(inputs.heard, i, axis=0))
        labels = ops.take(inputs.labels, i, axis=0)
        loss = ops.mean(ops.softplus(logits) - labels * logits)
        return loss, ops.reshape(loss, [1])

    def realism_loss(parameters: list[Any], i: Any, actor: list[Any]) -> tuple[Any, Any]:
        real = ops.take(inputs.real, i, axis=0)
        moved = act(
            actor, ops.take(inputs.starts, i, axis=0), ops.take(inputs.conditions, i, axis=0)
        )
        loss = ops.mean(ops.softplus(-perceive(parameters, real)))
        loss = loss + ops.mean(ops.softplus(perceive(parameters, moved)))
        blend = ops.take(inputs.blend, i, axis=0)
        slopes = input_slopes(parameters, blend * real + (1.0 - blend) * moved)
        steepness = ops.sqrt(ops.sum(slopes * slopes, axis=1) + 1e-10)
        loss = loss + penalty * ops.mean((steepness - 1.0) ** 2)
        return loss, ops.reshape(loss, [1])

    def actor_loss(parameters: list[Any], i: Any, critics: Any) -> tuple[Any, Any]:
        start = ops.take(inputs.starts, i, axis=0)
        conditions = ops.take(inputs.conditions, i, axis=0)
        moved = act(parameters, start, conditions)
        seen = perceive(critics[0], ops.concatenate([moved, conditions], axis=1))
        wishes = ops.mean(ops.sum(inputs.weights * ops.softplus(margin - seen), axis=1))
        real = ops.mean(ops.softplus(-perceive(critics[1], moved)))
        away = ops.mean((moved - start) ** 2)
        total = wishes + realism_weight * real + distance * away
        return total, ops.stack([wishes, real, away])

    def updates(state: adam.AdamState, which: int, loss: Any, others: Any, n_losses: int) -> Any:
        def body(done: Any, state: adam.AdamState, _: Any) -> tuple[Any, adam.AdamState, Any]:
            gradients, losses = gradients_of(
                lambda parameters: loss(parameters, done, others), list(state.parameters)
            )
            time = ops.cast(inputs.time[which] + done + 1, "float32")
            rate = inputs.learning_rate
            return done + 1, adam.update(state, gradients, time=time, learning_rate=rate), losses

        _, state, losses = ops.while_loop(
            lambda done, *_: done < inputs.counts[which],
            body,
            (ops.zeros([], "int32"), state, ops.zeros([n_losses])),
        )
        return adam.AdamState(*state), losses

    critic, first = updates(critic, 0, critic_loss, None, 1)
    realism, second = updates(realism, 1, realism_loss, actor.parameters, 1)
    actor, third = updates(actor, 2, actor_loss, (critic.parameters, realism.parameters), 3)
    return States(actor, critic, realism), ops.concatenate([first, second, third])
