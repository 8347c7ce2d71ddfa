"""Exchanges of VCALM over offers: a wallet shows its key, and gets the credential that is offered to it."""
