"""The rules of the record: entries are judged, acts replayed into the state. The one place that knows the acts of all domains."""
