"""The pytest plugin: the `claims` fixture, which holds extraction against gold."""
