"""What the guidance says, and what was in force when. Imports nothing of ours but the ledger."""
