"""Mentions of persons, bodies and places, and who each of them refers back to, from GUM."""
