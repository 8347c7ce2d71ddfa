"""The endpoints of VC-API (VCALM 1.0) under ``/vc-api``."""
