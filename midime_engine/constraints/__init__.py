"""Latent constraints: small networks that move ``z`` to where decoded music keeps a rule.

Engel, Hoffman and Roberts, "Latent constraints: learning to generate conditionally from
unconditional generative models" (ICLR 2018): an actor ``G(z)`` trained against critics *in* the
latent space of a model that stays as it is. Nothing here knows what ``z`` decodes to: a
:class:`~midime_engine.constraints.judge.Judge` decodes and scores, a
:class:`~midime_engine.constraints.space.Space` says where to start and what is real.
"""
