"""The calendar changed by two people: what is put forward, what it would change, and the step of the second person.

`rows` is what is put forward, `checks` what cannot stand in a calendar, `difference` which answers move; these three
are plain Python. `services` holds the verbs, `selectors` the reads, `reach` asks rooms above about their open drafts.
"""
