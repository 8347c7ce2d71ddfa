"""The OAuth 2.0 authorization server: clients, consent, codes and tokens. No library offers an asynchronous one."""
