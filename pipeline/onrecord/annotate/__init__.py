"""The annotators: spaCy components that put dates, figures, places, actors and claims on a Doc."""
