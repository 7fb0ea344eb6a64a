"""Imported once by the server from which the writers are forked: Django is set up there, and not 32 times."""

import django

django.setup()
