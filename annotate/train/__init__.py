"""Train the learned tagger; the only part of the program that needs torch.

Steps, each in its module: labelled articles (`corpus`), varied a little (`variety`) → windows with labels (`examples`)
→ training (`fit`, with the network in `network` and its measure in `measure`) → a model folder (`export`).
"""
