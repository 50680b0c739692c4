"""One declarative cue lexicon per language, and the tables of places and given names."""
