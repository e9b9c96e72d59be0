"""The learned tagger at run time: finds source, cue and content of claims and links them.

One module per step: text → words and pieces (`words`), pieces → windows of bounded length (`windows`), windows → scores
(`inference`, with the network in `model`), scores → spans (`decode`). Nothing here imports torch.
"""
