"""Demonstration data: deterministic, made by the real importer and the real actions, and only by `kntc demo`."""
