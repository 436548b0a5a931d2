"""Bodies in time: the agencies that use the system, the directory of those that do not, and places."""
