"""The `onrecord_places` component."""
