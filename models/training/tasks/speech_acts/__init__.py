"""What a cue does in its sentence, or that it does nothing, from sentences written for this project."""
