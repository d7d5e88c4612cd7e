"""Television and radio channels of lists the owner names."""
