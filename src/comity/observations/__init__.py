"""What public sources say about mechanisms: fragments in the observer's own log, merged into an observed state. Nobody signed any of it."""
