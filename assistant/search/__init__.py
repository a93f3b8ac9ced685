"""From a question to ranked passages: lexical and dense search, fused, with an index on disk."""
