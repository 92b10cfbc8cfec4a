"""What the register allows, how it is filtered and searched."""
