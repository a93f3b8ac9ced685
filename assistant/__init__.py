"""A knowledge assistant over Chinese policy documents: every answer verbatim, every figure cited."""
