"""The commands, thin: they read options, ask the core, and hand the answer to a rendering."""
