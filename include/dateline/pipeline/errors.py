"""The one error of the pipeline that a user can cause."""


class PipelineError(ValueError):
    """A step can't go on; the message is one line that says why and what to do."""
