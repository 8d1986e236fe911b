"""Measuring: quality against gold, speed against peers. Never part of the package, never timed in tests."""
