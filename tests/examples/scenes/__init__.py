"""Every scene: at least one an operation."""

from tests.examples.scenes import gateway_operations

SCENES = (*gateway_operations.SCENES.all,)
"""In the order in which they play."""
