"""The words of the `terril` command that need no site, one module each."""
