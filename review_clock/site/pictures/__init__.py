"""The pictures of the site: what stands where."""
