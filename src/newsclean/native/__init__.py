"""The kernel: what every text goes through, in C; loaded when first needed, and done without where it is missing."""
