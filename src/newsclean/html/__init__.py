"""Page in, article out: HTML is decoded, read and parted into blocks, each kept or removed."""
