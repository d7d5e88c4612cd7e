"""The System page: how the machine and the station do, now and before."""
