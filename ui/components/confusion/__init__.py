"""The confusion matrix, whose cells filter the gallery, and the accuracy of every digit."""
