"""VC-API, each rule by itself."""
