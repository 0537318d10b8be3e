"""Music in and out: MIDI bytes, note-seq's NoteSequence, tempo, metre and bars."""
