"""Readers of foreign roll-call files. Each yields a whole :class:`~comity.forums.model.RollCalls` with its report, or refuses and
changes nothing.
"""
