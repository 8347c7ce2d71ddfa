"""One object in expanded form by compiled plans, for comparing what is said of a node at several places.

Source: JSON-LD 1.1 Processing Algorithms and API, section 5.1.
"""

from typing import Any

from gateway.proofs.plans import ActiveContext, Compiler, Term


def expanded(element: dict[str, Any], context: ActiveContext, compiler: Compiler) -> dict[str, Any]:
    """Return the expanded form that pyld has of an object which a walk went through.

    Args:
        element: The object.
        context: The active context that it was found under.
        compiler: Of the walk.

    Raises:
        NotCompiled: As for the walk.
    """
    if "@context" in element:
        context = context.local(element["@context"], compiler).context
    node: dict[str, Any] = {}
    for name in context.type_names:
        if name in element:
            types = context.types(element[name], compiler)
            context = types.context
            if types.iris:
                node["@type"] = [*types.iris]
            break
    # In the order of their names: it decides where several are of one property.
    for key, value in sorted(element.items()):
        if key == "@context":
            continue
        term = context.terms.get(key) or context.term(key, compiler)
        if term.keyword == "@id":
            node["@id"] = value
        elif term.predicate and (value is not None or term.coercion == "@json"):
            node.setdefault(term.predicate[1:-1], []).extend(_values(term, value, compiler))
    return node


def _values(term: Term, value: Any, compiler: Compiler) -> list[Any]:
    if term.coercion == "@json":
        return [{"@type": "@json", "@value": value}]
    if term.container == "@language" and isinstance(value, dict):
        return [
            {"@value": text, "@language": name.lower()}
            for name, texts in sorted(value.items())
            for text in (texts if isinstance(texts, list) else [texts])
            if text is not None
        ]
    items = [
        _item(term, item, compiler) for item in (value if isinstance(value, list) else [value]) if item is not None
    ]
    if term.container == "@list":
        return [{"@list": items}]
    return [{"@graph": [item]} for item in items] if term.container == "@graph" else items


def _item(term: Term, item: Any, compiler: Compiler) -> dict[str, Any]:
    if isinstance(item, dict):
        mere = len(item) == 1 and next(iter(item)) in term.inside.id_names
        return expanded(item, term.kept if mere else term.reverted, compiler)
    if isinstance(item, str):
        if term.coercion == "@id":
            return {"@id": item}
        if term.coercion == "@vocab":
            return {"@id": compiler.iri(term.inside, item)}
        return {**term.expanded, "@value": item}
    return {"@type": term.datatype, "@value": item} if term.datatype else {"@value": item}
