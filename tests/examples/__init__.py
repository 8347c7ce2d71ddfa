"""The examples of the published documents: sent again, and compared with what comes back."""
