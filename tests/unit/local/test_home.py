"""Ports and folders are chosen by option, then environment, then default, and a taken port is named."""

import argparse
import socket
from pathlib import Path

import pytest

from infra.local.errors import LocalError
from infra.local.home import Home, add_options, check_ports, home_of


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_options(parser, ports=True)
    return parser.parse_args(words)


def test_an_option_wins_over_the_environment_and_that_over_the_default() -> None:
    home = home_of(parsed("--port", "9000"), {"HEARTLINE_PORT": "9100", "HEARTLINE_AWS_PORT": "9200"})
    assert (home.port, home.aws_port, home.twilio_port) == (9000, 9200, 8401)


@pytest.mark.parametrize("text", ["http", "0", "70000", "-1"])
def test_what_is_not_a_port_is_refused_by_name(text: str) -> None:
    with pytest.raises(LocalError, match="HEARTLINE_PORT"):
        home_of(parsed(), {"HEARTLINE_PORT": text})


def test_a_taken_port_is_named_with_the_way_to_choose_another(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(LocalError, match=rf"port {port} .*--port or HEARTLINE_PORT"):
            check_ports(Home(folder=tmp_path, port=port))
