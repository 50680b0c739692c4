"""Ideal points: where each member stands on the one line that best explains its votes, session by session.

The dynamic ordinal model of Bailey, Strezhnev and Voeten (2017, J. Conflict Resolution 61(2): 430–456): a vote is yes, abstain or no as
a latent z = β θ + ε (ε standard normal) lies below, between or above two cutpoints of the roll call. θ (one for each member and session)
leans on the member's position in the session before; roll calls on the same text share their parameters, which ties the sessions
together. Sign and scale are arbitrary; they are fixed by standardising θ over all member-sessions and by anchors (see :mod:`.estimate`).
"""
