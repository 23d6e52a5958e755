"""The `onrecord_figures` component."""
