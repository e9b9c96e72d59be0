"""The queue of news between the session's threads and the screen."""

from __future__ import annotations

import threading

from tui.session.events import News, NewsQueue
from tui.session.saver import SaveState


def test_newer_news_never_overtakes_the_backlog() -> None:
    queue = NewsQueue()
    before, newer = [SaveState("saving", at) for at in ("10:00", "10:01", "10:02")], SaveState("saved", "10:03")
    for news in before:
        queue.put(news)
    other = threading.Thread(target=queue.put, args=(newer,))
    heard: list[News] = []

    def listener(news: News) -> None:
        heard.append(news)
        if not other.ident:
            other.start()
            other.join(0.2)  # time enough to overtake

    queue.listen(listener)
    other.join()
    assert heard == [*before, newer]
