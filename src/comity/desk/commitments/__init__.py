"""The commitments board."""
