"""The `onrecord_actors` component."""
