"""Stops: what halts every adverse step, who owns it, when it is due, and the one way out of each.

A stop never halts a decline or a release, and nothing goes round it, urgent or not. The signs come from the record
(`cases.selectors.stop_signs`); a row opens as soon as a sign is saved, and only the evidence named in `WAYS_OUT`,
looked at by a supervisor who did not bring it, lifts it.
"""

from __future__ import annotations
