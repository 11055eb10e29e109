"""The network as a row of blocks with their maps, sizes and costs; a click chooses a value."""
