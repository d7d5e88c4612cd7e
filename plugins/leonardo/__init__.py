"""Pictures drawn by Lucid and Phoenix, of Leonardo.Ai."""
