"""What tests of commands need."""

from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent
