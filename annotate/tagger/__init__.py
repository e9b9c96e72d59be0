"""The learned tagger at run time: which words of an article are source, cue or content, and what belongs together.

Steps, each in its module: text → words and pieces (`words`), pieces → windows of bounded length (`windows`), windows →
scores (`reading`, with the network in `model`), scores → spans (`decode`). Nothing here imports torch.
"""
