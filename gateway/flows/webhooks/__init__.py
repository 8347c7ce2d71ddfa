"""Telling platforms what happened: endpoints, what is sent to them, and sending it."""
