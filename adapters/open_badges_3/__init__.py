"""Open Badges 3.0: written with VCDM 2.0, read with VCDM 1.1 as well."""

from adapters.open_badges_3.adapter import OpenBadges3

__all__ = ["OpenBadges3"]
