"""The ways a message goes out, all through Apprise: the operator's mail server, and Telegram."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from apprise import Apprise, NotifyFormat

from pipeline.alerts.messages import Message
from pipeline.models.following import Channel
from pipeline.settings import Settings

PATIENCE = 60  # seconds: a server that looks into a message before it takes it is slow, not broken


class Sender:
    """Sends over the channels that the operator has set up (`channels`).

    Raises ValueError where Apprise does not understand a setting: before anything is set aside to be sent.
    """

    def __init__(self, settings: Settings) -> None:
        self._mail, self._telegram = settings.mail, settings.telegram
        configured: dict[Channel, str] = {"email": self._mail, "telegram": self._telegram}
        self.channels: list[Channel] = [channel for channel, setting in configured.items() if setting]
        for channel in self.channels:
            if not Apprise.instantiate(self._url(channel, {"email": "a@example.org", "telegram": "1"}[channel], {})):
                raise ValueError(f"Apprise does not understand the setting for {channel}")

    def send(self, channel: Channel, address: str, message: Message) -> bool:
        """Send a message; answers whether it was accepted for delivery."""
        out = Apprise()
        out.add(self._url(channel, address, message.headers))
        return bool(out.notify(message.body, title=message.subject, body_format=NotifyFormat.TEXT))

    def _url(self, channel: Channel, address: str, headers: Mapping[str, str]) -> str:
        options = {"format": "text", "cto": PATIENCE, "rto": PATIENCE}
        if channel == "telegram":
            return f"tgram://{self._telegram}/{address}/?{urlencode(options)}"
        own = {"to": address, **options, **{f"+{name}": value for name, value in headers.items()}}
        return self._mail + ("&" if "?" in self._mail else "?") + urlencode(own)
