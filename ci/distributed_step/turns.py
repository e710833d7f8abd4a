#!/usr/bin/env python3
"""Runs training steps of several groups of processes by turns, and compares their images a second.

    turns.py BATCH SIZE STEPS PYTHON|'' COMMAND OF RankStep.java WITHOUT ITS ARGUMENTS...

One process of two threads with twice the batch, two ranks of one thread, and where a Python with PyTorch is named, two processes of its
DistributedDataParallel.
"""
import os
import socket
import statistics
import subprocess
import sys


def free_port():
    with socket.socket() as one:
        one.bind(('127.0.0.1', 0))
        return one.getsockname()[1]


class Group:
    def __init__(self, name, images, command, ranks):
        self.name, self.images, self.seconds, self.exchange = name, images, [], []
        port = str(free_port())
        self.processes = []
        for rank in range(ranks):
            environment = dict(os.environ, OMP_WAIT_POLICY='passive')
            if ranks > 1:
                environment.update(RANK=str(rank), WORLD_SIZE=str(ranks), LOCAL_RANK=str(rank), LOCAL_WORLD_SIZE=str(ranks),
                                   MASTER_ADDR='127.0.0.1', MASTER_PORT=port)
            self.processes.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                                   env=environment))
        for process in self.processes:
            while True:
                line = process.stdout.readline()
                if not line:
                    sys.exit(name + ' does not start')
                if line.strip() == 'ready':
                    break

    def step(self, counts):
        for process in self.processes:
            process.stdin.write('step\n')
            process.stdin.flush()
        answers = [[float(word) for word in process.stdout.readline().split()] for process in self.processes]
        if counts:
            self.seconds.append(max(answer[1] for answer in answers))
            self.exchange.append(min(answer[2] for answer in answers))

    def end(self):
        for process in self.processes:
            process.communicate('end\n')


def main():
    batch, size, steps = (int(word) for word in sys.argv[1:4])
    python, java = sys.argv[4], sys.argv[5:]
    groups = [Group('one process, two threads', 2 * batch, java + [str(2 * batch), str(size), '2'], 1),
              Group('two ranks, one thread each', 2 * batch, java + [str(batch), str(size), '1'], 2)]
    if python:
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'ddp_step.py')
        groups.append(Group('PyTorch DDP, two processes', 2 * batch, [python, script, str(batch), str(size), '1'], 2))
    for turn in range(steps + 2):
        for group in groups if turn % 2 else groups[::-1]:
            group.step(turn >= 2)
    for group in groups:
        group.end()
        median = statistics.median(group.seconds)
        print('%-28s %.3f s a step (%.3f to %.3f), %.2f images/s%s' % (
            group.name, median, min(group.seconds), max(group.seconds), group.images / median,
            ', of it %.3f s exchange that nothing hid' % statistics.median(group.exchange) if any(group.exchange) else ''))
    two = groups[1]
    for group in groups[:1] + groups[2:]:
        ratio = statistics.median(other / own for other, own in zip(group.seconds, two.seconds))
        print('two ranks / %s: %.2f times as fast (median of %d turns)' % (group.name, ratio, steps))


main()
