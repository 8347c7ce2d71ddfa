"""Every problem, brought about in a gateway of its own."""
