"""Light: what is lit, what is out, what is dark, and when it matters."""
