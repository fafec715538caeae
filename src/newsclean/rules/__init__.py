"""Rule sets: data in TOML, read, checked, indexed and matched here."""
