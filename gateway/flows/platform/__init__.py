"""Managing a platform: what it is called, who may act for it, its keys, and what was done."""
