"""What people search for, of SerpApi."""
