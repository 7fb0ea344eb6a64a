"""The guard of texts."""
