"""The Badgr API over HTTP."""
