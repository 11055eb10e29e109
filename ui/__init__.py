"""What two or more pages share; between the pages and the library."""
