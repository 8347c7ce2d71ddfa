"""European Digital Credentials: the European Learning Model 3, application profile EDC."""

from adapters.elm_3.adapter import Elm3

__all__ = ["Elm3"]
