"""What the website computes from what it is given; it asks nothing of the database."""
