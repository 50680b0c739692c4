"""How an act becomes undeniable: canonical bytes, keys, envelopes, logs, checkpoints, cosignatures, proofs, bundles, verification.

Knows nothing of parliaments. No input or output but through readers and writers passed in; time, randomness and keys are arguments.
"""
