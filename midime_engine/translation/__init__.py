"""Latent translation: one small VAE over the latents of two models, to carry music across.

Source: Tian and Engel, "Latent Translation: Crossing Modalities by Bridging Generative Models"
(arXiv 1902.08261) and the authors' code, alantian/latent_transfer. The package knows vectors and
names; what plays them is composed in ``pipelines``.
"""
