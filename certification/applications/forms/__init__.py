"""Forms of an application. They check what was typed and write nothing."""
