"""A coverage-guided fuzzer over form reading and over the notation grammar.

``python -m tests.fuzz forms --runs 100000`` changes the cells of good sheets in ways that no
ministry would, reads them, and holds what comes out against ``invariants``; ``notations`` makes
up strings and holds the column grammar against the same grammar written a row at a time. atheris
(libFuzzer) keeps what reaches new code and goes on from there. What it finds becomes a test.
"""
