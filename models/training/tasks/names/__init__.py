"""Names and their types, learnt from what spaCy's English pipeline says of unlabelled news."""
