"""What is allowed in the programme, to whom, and when."""
