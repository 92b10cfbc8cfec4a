"""The website holds no table: it shows what the rooms hold."""
