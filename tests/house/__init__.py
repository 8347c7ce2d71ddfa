"""The rules of the house, as tests: the tree, its names, its locks, its README."""
