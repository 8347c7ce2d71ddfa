"""Both paths to quads, compiled plans and pyld, over the same documents: whatever one says, the other has to say.

`python -m tests.differential 20000` compares as many credentials made by chance, three of four changed, and every
credential of the corpora; it prints what differs, each made as small as it gets.
"""
