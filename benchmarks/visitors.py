"""Visitors without a browser: each opens a page by its websocket, draws, and reads the answer.

They speak what Streamlit's own script in the browser speaks, so the server does the same for them.
"""

import asyncio
import base64
import json
import re
import time
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from mnistcore.drawings.preprocessing import drawing_to_image
from mnistcore.handwriting.digit_styles import STYLES
from mnistcore.handwriting.hand import write_by_hand
from mnistcore.reading.classifier import Classifier
from mnistcore.reading.number import read_number
from ui.digits import data_uri
from ui.drawing_canvas import CANVAS_SIDE_PX, STROKE_WIDTH, as_pixels
from ui.sketches import strokes_sketch

Result = TypeVar("Result")

CANVAS = "streamlit-drawable-canvas.streamlit_drawable_canvas"
HEIGHT_PX = 230
MOST_BYTES = 50_000_000  # of a message

_ANSWER = re.compile(r'class="answer[^"]*"[^>]*>([^<]*)<')
_IMAGE = re.compile(r'src="([^"]*)" alt="The drawing in 28x28 pixels"')


@dataclass(frozen=True)
class DrawnDigit:
    """A drawing as the canvas reports it, with what has to come back for it.

    Attributes:
        strokes: In Fabric's JSON.
        png: What it looks like.
        text: What it is read as.
        image: What the network takes, as an address that holds the picture.
    """

    strokes: dict[str, Any]
    png: bytes
    text: str
    image: str


@dataclass(frozen=True)
class Answer:
    """What came back for a drawing: whether it is this drawing's, and after which seconds."""

    is_own: bool
    seconds: float


def draw_digit(seed: int, reader: Classifier) -> DrawnDigit:
    """Return a digit written by hand, another one for each seed, as a network reads it."""
    rng = np.random.default_rng(seed)
    styles = STYLES[seed % 10]
    path, _ = styles[sorted(styles)[seed // 10 % len(styles)]]
    lines = write_by_hand(path, rng)
    points = np.concatenate(lines)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = HEIGHT_PX / (high - low).max()
    placed = [(line - (low + high) / 2) * scale + CANVAS_SIDE_PX / 2 for line in lines]
    sketch = strokes_sketch(placed, side_px=CANVAS_SIDE_PX, stroke_width=STROKE_WIDTH)
    assert sketch.strokes is not None and sketch.png is not None
    drawing = as_pixels(sketch.png)
    reading = read_number(reader, drawing)
    image = data_uri(drawing_to_image(drawing))
    return DrawnDigit(sketch.strokes, sketch.png, reading.text, image)


class Visitor:
    """One visitor of the page that draws and reads."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._canvas, self._fragment = "", ""
        self._page = ""

    async def open(self) -> None:
        """Open the page, and wait until it stands.

        Raises:
            RuntimeError: It has no canvas.
        """
        message = BackMsg()
        message.rerun_script.page_name = "prediction"
        await self._connection.send(message.SerializeToString())
        async for _ in self._until_finished():
            pass
        if not self._canvas:
            raise RuntimeError("The page has no canvas.")

    async def draw(self, digit: DrawnDigit) -> Answer:
        """Report a drawing as the canvas does, and return what comes back for it.

        Raises:
            RuntimeError: Nothing does, or an exception.
        """
        url = f"data:image/png;base64,{base64.b64encode(digit.png).decode()}"
        message = BackMsg()
        told = message.rerun_script
        told.page_script_hash, told.fragment_id = self._page, self._fragment
        state = told.widget_states.widgets.add()
        state.id = self._canvas
        state.json_value = json.dumps({"drawing": {"raw": digit.strokes, "data": url}})
        begun, answered = time.perf_counter(), 0.0
        text = image = ""
        await self._connection.send(message.SerializeToString())
        async for html in self._until_finished():
            if found := _ANSWER.search(html):
                text, answered = found[1], time.perf_counter()
            if found := _IMAGE.search(html):
                image = found[1]
        if not answered:
            raise RuntimeError("No answer came.")
        return Answer((text, image) == (digit.text, digit.image), answered - begun)

    async def _until_finished(self) -> AsyncIterator[str]:
        """Yield what is written on the page in HTML, until its script has run."""
        while True:
            received = await self._connection.recv()
            assert isinstance(received, bytes)
            message = ForwardMsg.FromString(received)
            if message.WhichOneof("type") == "script_finished":
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return
            elif message.WhichOneof("type") == "new_session":
                self._page = message.new_session.page_script_hash
            elif message.WhichOneof("type") == "delta":
                element = message.delta.new_element
                match element.WhichOneof("type"):
                    case "html":
                        yield element.html.body
                    case "exception":
                        raise RuntimeError(element.exception.message)
                    case "bidi_component" if element.bidi_component.component_name == CANVAS:
                        self._canvas = element.bidi_component.id
                        self._fragment = message.delta.fragment_id


@asynccontextmanager
async def visitor(address: str) -> AsyncIterator[Visitor]:
    """Connect one visitor to the app at an address such as http://127.0.0.1:8501."""
    url = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    async with connect(url, max_size=MOST_BYTES, origin=address) as connection:  # type: ignore[arg-type]
        opened = Visitor(connection)
        await opened.open()
        yield opened


async def open_page(address: str, path: str, query: str = "") -> None:
    """Open a page of the app, and wait until its script has run.

    Raises:
        RuntimeError: It shows an exception.
    """
    url = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    async with connect(url, max_size=MOST_BYTES, origin=address) as connection:  # type: ignore[arg-type]
        message = BackMsg()
        message.rerun_script.page_name, message.rerun_script.query_string = path, query
        await connection.send(message.SerializeToString())
        async for content in connection:
            told = ForwardMsg.FromString(content)
            if told.delta.new_element.HasField("exception"):
                raise RuntimeError(told.delta.new_element.exception.message)
            if told.HasField("script_finished") and (
                told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                return


def run_apart(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine to its end in a thread of its own, whatever loop this one may have."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
