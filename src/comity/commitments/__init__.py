"""Commitments: what was pledged, what was done, and what each side says came of it."""
