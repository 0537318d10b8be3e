"""From a few likes and dislikes to a taste, and to the next piece that is worth asking about.

After Jaques, McCleary, Engel, Ha, Bertsch, Eck and Picard, "Learning via social awareness:
improving a deep generative sketching model with facial feedback" (2018), which trains a critic on
ratings in the latent space. Twenty ratings are too few to teach a network 256 dimensions, so the
taste is learnt over named features of what was heard, by Gaussian processes that say how sure they
are; the critics of :mod:`midime_engine.constraints` then learn from that taste.
"""
