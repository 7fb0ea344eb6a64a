"""The stand-alone verifier. `verify.py` goes into every bundle as it is and imports nothing of the product."""
