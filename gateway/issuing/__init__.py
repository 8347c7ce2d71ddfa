"""Make a credential ours: reissue it, seal it, revoke it."""
