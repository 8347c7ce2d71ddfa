"""Nothing that is wrong with a badge may be washed off by converting it."""
