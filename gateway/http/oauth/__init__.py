"""The OAuth 2.0 authorization server over HTTP, and the guard of everything that its tokens open."""
