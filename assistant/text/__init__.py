"""The workshop: pure functions on text, from damaged bytes to tokens."""
