"""The screen at every way in: texts are kept with what it finds, and held back until that is resolved.

The engine is `policy.guard`; nothing here decides what is a finding. Saving never refuses a text: refusal is for the
final verbs (sign, approve, return) of the rooms above. `fields` is the one table of which texts are screened.
"""
