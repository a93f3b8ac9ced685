"""From schemes as data and a person's answers to what they may be entitled to, and on which clause."""
