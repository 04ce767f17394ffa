"""seeds/ → data/: read and check everything, then write every table at once, or nothing.

``seeds`` reads and cross-checks; ``tables`` says what each table of data/ holds; ``write`` puts
them there.
"""
