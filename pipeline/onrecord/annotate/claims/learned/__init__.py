"""The learned method of `onrecord_claims`: a cue tagger and a scorer of roles on the shared encoder."""
