"""API v1: the public listings as JSON. Reads alone; errors are problem details (`config.problems`)."""
