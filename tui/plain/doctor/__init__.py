"""`onrecord doctor`: the checks of the computer, the terminal and the settings."""
