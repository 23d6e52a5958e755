"""Mentions and their antecedents by the learned heads on the shared encoder."""
