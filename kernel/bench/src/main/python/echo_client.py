"""Sends a KiB and waits for it to come back, for some seconds, from three processes at once.

usage: echo_client.py PORT SECONDS; prints round trips per second
"""
import multiprocessing
import socket
import sys
import time


def client(port, seconds, results):
    message = b"x" * 1024
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        count = 0
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            connection.sendall(message)
            left = len(message)
            while left:
                left -= len(connection.recv(left))
            count += 1
    results.put(count / seconds)


def main():
    port, seconds = int(sys.argv[1]), float(sys.argv[2])
    results = multiprocessing.Queue()
    clients = [
        multiprocessing.Process(target=client, args=(port, seconds, results)) for _ in range(3)
    ]
    for one in clients:
        one.start()
    print(sum(results.get() for _ in clients))
    for one in clients:
        one.join()


if __name__ == "__main__":
    main()
