"""Acts on the desk: drafts, inbox, outbox, signing, the record itself."""
