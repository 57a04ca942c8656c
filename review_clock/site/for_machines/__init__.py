"""What the site has for programs: documents, schemas, Atom, metadata, host files."""
