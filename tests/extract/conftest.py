"""The page that most small fixtures are printed on."""

import pytest
from paper import PAIR, Paper


@pytest.fixture
def paper() -> Paper:
    """Two empty cells side by side."""
    return Paper().grid(*PAIR)
