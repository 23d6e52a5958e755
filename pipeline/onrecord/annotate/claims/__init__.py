"""The `onrecord_claims` component."""
