"""Names of persons, bodies, places, times and quantities, read off the shared encoder."""
