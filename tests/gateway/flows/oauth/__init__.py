"""The rules of the authorization server, each by itself."""
