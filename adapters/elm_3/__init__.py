"""European Digital Credentials: the European Learning Model 3, application profile EDC."""
