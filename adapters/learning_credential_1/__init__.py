"""The EU learning credential: flat claims, as wallets of the European Digital Identity framework know it."""

from adapters.learning_credential_1.adapter import LearningCredential1

__all__ = ["LearningCredential1"]
