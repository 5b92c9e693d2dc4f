"""What strangers' bytes are fed to, by Hypothesis in every run of the tests and by Atheris for minutes."""
