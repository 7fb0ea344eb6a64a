"""Files of evidence: what they are (`kinds`), and where their bytes lie (`store`)."""
