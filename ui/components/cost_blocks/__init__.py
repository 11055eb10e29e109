"""What layers cost, as blocks: as wide as they multiply, as high as they have parameters."""
