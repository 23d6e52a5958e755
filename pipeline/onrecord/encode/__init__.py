"""The shared encoder: an article's words as vectors, once, for every learned head that reads them."""
