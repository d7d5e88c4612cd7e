"""The smallest plugin that keeps every promise: copy this folder to begin your own."""
