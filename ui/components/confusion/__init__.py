"""The confusion matrix, whose cells filter the gallery."""
