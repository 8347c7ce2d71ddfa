"""The words of every problem that the gateway tells of, in English and French, and one real answer for each."""
