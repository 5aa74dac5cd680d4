"""The cellar: what is true about meetings, whatever the database, the clock or the network say.

Nothing here imports Django, reads a clock or touches a file. Read it and you know the product.
"""
