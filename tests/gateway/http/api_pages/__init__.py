"""The pages of the interface, their files, and the texts."""
