"""Off-topic blocks: sentences that have nothing to do with the article they stand in."""
