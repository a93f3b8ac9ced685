"""The pages: gradio, and the HTML that shows an answer."""

import os

# The pages are for machines that may not call out: gradio and huggingface_hub read these when they are imported.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
