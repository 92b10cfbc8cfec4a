"""Every read of the website worth a name: it asks the other rooms."""
