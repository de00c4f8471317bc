"""A person on the wire: the standard library's HTTP client, one connection and one cookie per journey."""

import http.client
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from tests.bench.figures import BenchBroken
from tests.bench.reading import FORM, code_on, encoded, hidden_fields

TIMEOUT_S = 60.0


class ServerFailed(Exception):
    """An answer of 500 or more, or none at all."""


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str


class Browsing:
    """One journey through the real server on 127.0.0.1:`port`."""

    def __init__(self, port: int) -> None:
        self._origin = f"http://127.0.0.1:{port}"
        self._wire = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
        self._cookie = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wire.close()

    def ask(self, typed: str) -> str:
        """File a request the way a person does; the code, once the server has acknowledged it.

        Raises ServerFailed when it did not, BenchBroken for an answer that is neither.
        """
        self._go("GET", "/ask")
        self._go("POST", "/ask", encoded(places=typed), goes_to="/ask/review")
        review = self._go("GET", "/ask/review").text
        self._go("POST", "/ask/review", hidden_fields(review), goes_to="/ask/sent")
        return code_on(review)

    def read_sent(self, code: str) -> None:
        """The page after sending. Raises BenchBroken when it shows another code."""
        if code_on(self._go("GET", "/ask/sent").text) != code:
            raise BenchBroken("the code after sending is another one")

    def opens(self, code: str, masked: str) -> bool:
        """Whether the code opens a page that shows this place. Raises ServerFailed."""
        answer = self._send("POST", "/follow", encoded(code=code))
        if answer.location != "/follow/request":
            return False
        return masked in self._go("GET", "/follow/request").text

    def _go(self, method: str, path: str, form: str = "", goes_to: str = "") -> Answer:
        answer = self._send(method, path, form)
        if answer.status != (303 if goes_to else 200) or answer.location != goes_to:
            raise BenchBroken(f"{method} {path} gave {answer.status}")
        return answer

    def _send(self, method: str, path: str, form: str = "") -> Answer:
        headers = {"Cookie": self._cookie} if self._cookie else {}
        if method == "POST":
            headers |= {"Origin": self._origin, "Content-Type": FORM}
        try:
            self._wire.request(method, path, form if method == "POST" else None, headers)
            response = self._wire.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise ServerFailed from error
        if response.status >= 500:
            raise ServerFailed
        for cookie in response.headers.get_all("Set-Cookie") or ():
            self._cookie = cookie.partition(";")[0]
        return Answer(response.status, response.headers.get("Location", ""), text)
