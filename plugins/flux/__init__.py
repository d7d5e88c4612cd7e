"""Pictures drawn by the FLUX models of Black Forest Labs."""
