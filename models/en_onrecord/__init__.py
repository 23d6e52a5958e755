"""Trained components and lexicons for English: data that the onrecord pipeline reads."""
