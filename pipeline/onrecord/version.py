"""The version of the package, which goes into the provenance of every record."""

__version__ = "0.1.0"
