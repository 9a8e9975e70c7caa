"""The public preview of a channel, `t.me/s/NAME`: posts without headlines, older ones by `?before=`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from playground.manner import Manner
from playground.platforms.base import Answer, Platform, whole
from playground.site import Item

Kind = Literal["post", "reply", "video", "forwarded", "photo"]


@dataclass(frozen=True, slots=True)
class Post:
    """What stands in the channel: a release, or something between releases that is none."""

    number: int
    kind: Kind
    listed: datetime
    paragraphs: list[list[str]]

    @property
    def at(self) -> str:
        return self.listed.astimezone(UTC).isoformat(timespec="seconds")

    @property
    def clock(self) -> str:
        return f"{self.listed:%H:%M}"


class Telegram(Platform):
    name = "telegram"
    machine_dates = True
    channel = "kraiprom27"

    def titled(self) -> bool:
        return False

    def told(self, item: Item) -> datetime:
        return item.listed  # the system dates whatever it publishes

    def path(self, item: Item) -> str:
        return f"/{self.channel}/{item.number}"

    def addresses(self) -> dict[str, str]:
        return {"list": f"/s/{self.channel}"}

    def answers(self) -> dict[str, Answer]:
        return {
            f"/s/{self.channel}": self.list,
            f"/{self.channel}": lambda _: RedirectResponse(f"/s/{self.channel}"),
            f"/{self.channel}/{{number:int}}": self.show,
        }

    def posts(self) -> list[Post]:
        """Oldest first, as the preview shows them. Every third release answers an older post or carries a video;
        between releases stand a forwarded post and a picture without words, which are nobody's releases."""
        posts = []
        for item in reversed(self.site.items):
            kind: Kind = ("post", "reply", "video")[item.number // 7 % 3]
            posts.append(self.post(item, kind))
            posts.append(Post(item.number + 1, "photo", item.listed, []))
            if kind == "reply":
                forwarded = [["Пересланное сообщение другого канала: подписано 15 соглашений."]]
                posts.append(Post(item.number + 2, "forwarded", item.listed, forwarded))
        return posts

    def post(self, item: Item, kind: Kind = "post") -> Post:
        return Post(item.number, kind, item.listed, [[item.title], *item.release.paragraphs])

    def list(self, request: Request) -> Response:
        before = whole(request.query_params.get("before"), 0)
        posts = [post for post in self.posts() if not before or post.number < before]
        shown = posts[-self.site.host.per_page :]
        older = shown[0].number if len(posts) > len(shown) else None
        body = self.render("list", Manner(), posts=shown, older=older, before=before)
        return self.html(body)

    def article(self, item: Item, manner: Manner) -> bytes:
        """One post by itself, as the widget embeds it."""
        return self.render("single", manner, post=self.post(item))
