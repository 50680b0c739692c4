"""The words that all rooms share: ids, parties, names, dates, audiences, and the common part of an act."""
