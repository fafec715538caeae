"""Training of what finds off-topic blocks: intrusions put into articles, word vectors, leanings, trees."""
