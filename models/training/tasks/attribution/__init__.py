"""Attribution: cue, source and content, learned from PolNeAR (Newell, Margolin and Ruths 2018)."""
