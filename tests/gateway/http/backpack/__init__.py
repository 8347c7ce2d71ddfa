"""The backpack's pages."""
