"""The BMLT semantic API: what clients of a BMLT root server ask, answered from our own tables.

`asked` reads the parameters, `book` knows the numbers and names of one version of the listings,
`selecting` finds the rows, `writing` tells one as a BMLT meeting, `answering` puts answers together.
The contract is BMLT's: every value a text, nonsense is ignored, and lists come whole.
"""
