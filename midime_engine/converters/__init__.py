"""From notes to the tokens that MusicVAE reads, and back."""
