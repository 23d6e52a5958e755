"""Gold for a person's eyes: YAML that is read, compared with records, and rewritten with its comments."""
