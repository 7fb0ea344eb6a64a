"""The append-only decision log. Imports nothing of the other rooms; everything else may append to it."""
