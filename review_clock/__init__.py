"""Review Clock: the deadline engine for the USMCA (CUSMA, T-MEC, ACEUM) joint review."""

__version__ = "0.2.0"
