"""A slow hash is right for people and only slow for tests."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """The product's own way to keep a password, one round of it: what the real one reads, and quick."""

    iterations = 1
