"""Roll calls of multilateral forums: who voted how, how close two sides are, where they split, and what the next vote may bring.

A pure room: no network, no clock, no environment. Files are read from and written to folders that the caller names; randomness comes in
as seeds.

The data model is :class:`comity.forums.model.RollCalls`: roll calls × voters, one option in each cell, never empty. Importers build it
(:mod:`comity.forums.importers`), :mod:`comity.forums.store` keeps it, everything else reads it. The numeric engines need the optional
packages of the extra ``forums`` (numpy, numba, pyarrow).

>>> from comity.forums.invented import invented_assembly
>>> calls = invented_assembly(seed=1, sessions=3, states=12, items=8)
>>> calls.forum.invented
True
"""
