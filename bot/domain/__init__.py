"""What the product decides. Standard library and numpy only: no input or output, no clock, no frameworks."""
