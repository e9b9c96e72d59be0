"""`onrecord --linear`: articles reviewed line by line, for screen readers and braille lines; without Textual."""
