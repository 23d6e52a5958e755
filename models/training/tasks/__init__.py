"""Tasks that share the encoder: each a folder with data reader, head, decoding and score."""
