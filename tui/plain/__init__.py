"""Commands of the app that print plain lines, without Textual."""
