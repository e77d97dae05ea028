"""Encryption and the start-up handshake with libzmq, which the clients use; the kernel's own side is JeroMQ."""
import hashlib
import hmac
import json
import os
import socket
import subprocess
import tempfile
import unittest

import zmq
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.session import Session

PATIENCE = 60_000
DELIMITER = b"<IDS|MSG>"
KEY = b"a-key-of-the-test"


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Connection(unittest.TestCase):
    def setUp(self):
        self.context = zmq.Context()
        self.addCleanup(self.context.term)
        self.session = Session(key=KEY)

    def start(self, connection):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        file = os.path.join(directory.name, "kernel.json")
        with open(file, "w") as out:
            json.dump(dict(connection, transport="tcp", ip="127.0.0.1", key=KEY.decode(),
                           signature_scheme="hmac-sha256"), out)
        command = [file if word == "{connection_file}" else word
                   for word in KernelSpecManager().get_kernel_spec("brigade").argv]
        kernel = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        self.addCleanup(kernel.wait)
        self.addCleanup(kernel.terminate)
        return kernel

    def open(self, kind):
        opened = self.context.socket(kind)
        self.addCleanup(opened.close, 0)
        return opened

    def dealer(self, port, curve=None, server=None):
        client = self.open(zmq.DEALER)
        if curve is not None:
            client.curve_publickey, client.curve_secretkey = curve
            client.curve_serverkey = server
        client.connect("tcp://127.0.0.1:%d" % port)
        return client

    def value(self, client):
        self.session.send(client, "execute_request", {
            "code": "int answer = 6 * 7;", "silent": False, "store_history": False,
            "user_expressions": {"it": "answer"}, "allow_stdin": False, "stop_on_error": True})
        self.assertTrue(client.poll(PATIENCE), "no answer")
        _, reply = self.session.recv(client, 0)
        return reply["content"]["user_expressions"]["it"]["data"]["text/plain"]

    def test_curve_lets_in_who_has_the_key_and_nobody_else(self):
        names = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
        ports = dict(zip(names, free_ports(5)))
        public, secret = zmq.curve_keypair()
        self.start(dict(ports, curve_publickey=public.decode(), curve_secretkey=secret.decode()))
        theirs = self.dealer(ports["shell_port"], zmq.curve_keypair(), public)
        self.assertEqual(self.value(theirs), "42")
        strangers = [self.dealer(ports["shell_port"]),
                     self.dealer(ports["shell_port"], zmq.curve_keypair(), zmq.curve_keypair()[0])]
        for stranger in strangers:
            self.session.send(stranger, "kernel_info_request", {})
        # What came after their requests is answered, so theirs would have been.
        self.assertEqual(self.value(theirs), "42")
        for stranger in strangers:
            self.assertFalse(stranger.poll(0), "somebody without the key was answered")

    def test_a_kernel_tells_the_ports_it_has_chosen(self):
        registry = self.open(zmq.ROUTER)
        port = registry.bind_to_random_port("tcp://127.0.0.1")
        self.start({"kernel_id": "the-kernel", "registration_ip": "127.0.0.1", "registration_port": port})
        self.assertTrue(registry.poll(PATIENCE), "no registration")
        identity, *frames = registry.recv_multipart()
        self.assertEqual(frames[0], DELIMITER)
        self.assertEqual(frames[1].decode(), hmac.new(KEY, frames[2], hashlib.sha256).hexdigest())
        told = json.loads(frames[2])
        self.assertEqual(told["kernel_id"], "the-kernel")
        content = json.dumps({"status": "ok"}).encode()
        signature = hmac.new(KEY, content, hashlib.sha256).hexdigest().encode()
        registry.send_multipart([identity, DELIMITER, signature, content])
        self.assertEqual(self.value(self.dealer(int(told["shell_port"]))), "42")


if __name__ == "__main__":
    unittest.main(verbosity=2)
