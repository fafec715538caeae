"""From evidence to decisions: what a line's shape, place and neighbours make of what rules found."""
