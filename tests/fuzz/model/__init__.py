"""The gateway beside a model of it that fits on a screen: whatever is done to both, they agree."""
