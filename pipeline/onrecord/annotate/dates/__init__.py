"""The `onrecord_dates` component."""
