"""A problem in one text, for protocols that have one member for all that is said of an error."""

from gateway.http.problem import Problem


def sentences(problem: Problem) -> str:
    """What is wrong, and what to change, each as a sentence."""
    said = (problem.detail or problem.title, problem.fix)
    return " ".join(_sentence(part) for part in said if part)


def _sentence(text: str) -> str:
    """Begins with a capital, but for names: those of parameters, and whatever else holds more than letters."""
    first = text.partition(" ")[0]
    begun = text[:1].upper() + text[1:] if first.isalpha() and first.islower() else text
    return begun if begun.endswith((".", "!", "?", "…")) else f"{begun}."
