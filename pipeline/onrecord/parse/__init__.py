"""Loading and assembling the spaCy pipeline; paragraph, sentence and quotation geometry."""
