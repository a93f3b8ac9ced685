"""Measuring the assistant: cases, metrics, runs and reports. The library never imports this."""
