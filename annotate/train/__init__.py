"""Training of the learned tagger; the only part of the program that needs torch.

One module per step: labelled articles (`corpus`), augmented (`variety`) → windows with labels (`examples`) → training
(`fit`, with the network in `network` and its evaluation in `measure`) → a model folder (`export`).
"""
