"""What must be fast, measured as a ratio against a stated limit in the same run. `make bench` runs all of it.

Each module here that has `results()` is one benchmark: it returns a list of `Row`s. A figure is the median of
short rounds in which the product and its reference take turns, since the machine is shared: only ratios taken in one
run are meant to be kept. A limit is stated beside its figure and never asserted in a test.
"""
