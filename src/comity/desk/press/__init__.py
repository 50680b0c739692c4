"""The press desk: articles in, proposals with their evidence, each confirmed, edited or rejected by a person."""
