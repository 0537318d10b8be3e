"""Music as a score: MusicXML for notation programs, and the same engraved as pictures.

* :mod:`~midime_engine.notation.keys`: in which key a line is written, and how its notes are spelt.
* :mod:`~midime_engine.notation.values`: lengths as note values, tied where the eye needs it.
* :mod:`~midime_engine.notation.staves`: the staves of a piece, bar by bar.
* :mod:`~midime_engine.notation.musicxml`: staves as a MusicXML file.
* :mod:`~midime_engine.notation.engraving`: MusicXML as SVG, by Verovio, which nobody else imports.
"""
