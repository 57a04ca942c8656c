"""What the texts say: Chapter 34 as a table, the rules that hang on it, how they count, what they leave open."""
