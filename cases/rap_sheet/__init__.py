"""Reading a pasted rap sheet: `reader` finds rows in text, `words` knows how such sheets speak.

Nothing here writes or decides: what is read is shown to a person, who corrects it and records it, or does not.
"""
