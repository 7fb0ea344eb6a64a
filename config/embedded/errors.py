"""The one error that the command line shows as a sentence instead of a traceback."""


class EmbeddedError(Exception):
    """Something that stops the embedded services; the text says what happened and what to do next."""
