"""The interface to be read and tried in a browser, and as plain text for programs that read prose."""
