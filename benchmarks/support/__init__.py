"""Stand-ins and scenes that benchmarks share; no benchmark itself."""
