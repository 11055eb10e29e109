import os
import subprocess
import sys

from tests.browser.server import PROJECT

# In a process of its own, where Streamlit reads the settings of the checkout, as the app does.
PROGRAM = """
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_cache import populate_hash_if_needed

message = ForwardMsg()
message.delta.new_element.html.body = "x" * 5_000_000
populate_hash_if_needed(message)
print(bool(message.hash), message.metadata.cacheable)
"""


def test_no_message_is_referred_to_that_the_browser_may_have_let_go() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=PROJECT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.split() == ["True", "False"]
