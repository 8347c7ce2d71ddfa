"""Both paths to quads, compiled plans and pyld, over the same documents: whatever one says, the other has to say.

`python -m tests.differential 20000` compares as many credentials made by chance, three of four changed, every
credential of the corpora, and documents under contexts made by chance; it prints what differs, each made as small
as it gets.
"""
