"""Invented extracts in the layout `ice-arrests`. No row tells of a real person."""
