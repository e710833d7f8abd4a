package org.elasticvision.train.distributed;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * How ranks find the first one where the launcher keeps the port that it tells them for itself, as {@code torchrun} does: the first rank
 * answers at one of the ports after it, with a line that says of which run it is and at which port the others are awaited.
 */
public final class Meeting implements AutoCloseable {
    private static final int PORTS = 32;
    private static final int LOOK_AGAIN_MILLIS = 200;
    private static final int ANSWER_MILLIS = 1000;
    private static final int LONGEST_ANSWER = 500;
    private static final String GREETING = "elasticvision ";

    private final ServerSocket socket;

    private Meeting(ServerSocket socket) {
        this.socket = socket;
    }

    /**
     * Answers the others until it is closed.
     *
     * @param rank the first one
     * @param port where they are awaited
     * @throws ElasticVisionException if none of the ports is free
     */
    public static Meeting host(Rank rank, int port) {
        for (int next = rank.port() + 1; next <= rank.port() + PORTS; next++) {
            try {
                Meeting meeting = new Meeting(new ServerSocket(next));
                Thread thread = new Thread(() -> meeting.answer(line(rank) + port), "elastic-meeting");
                thread.setDaemon(true);
                thread.start();
                return meeting;
            } catch (IOException | IllegalArgumentException taken) {
                // the next one
            }
        }
        throw new ElasticVisionException("none of the ports " + (rank.port() + 1) + " to " + (rank.port() + PORTS)
                + " is free, at one of which the other ranks look for rank 0; use another --master-port of torchrun");
    }

    private static String line(Rank rank) {
        return GREETING + rank.agent().orElse("") + " " + rank.size() + " ";
    }

    private void answer(String line) {
        while (!socket.isClosed()) {
            try (Socket caller = socket.accept();
                    PrintStream out = new PrintStream(caller.getOutputStream(), true, StandardCharsets.UTF_8)) {
                out.println(line);
            } catch (IOException e) {
                // who has called has gone, or it is over
            }
        }
    }

    /**
     * {@return the port where the first rank awaits this one}
     *
     * @param rank this one
     * @param patience how long to look for it
     * @throws ElasticVisionException if it is not found
     */
    public static int find(Rank rank, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        String expected = line(rank);
        while (System.nanoTime() < end) {
            for (int next = rank.port() + 1; next <= rank.port() + PORTS; next++) {
                String line = ask(rank.address(), next);
                if (line.startsWith(expected)) {
                    return Integer.parseInt(line, expected.length(), line.length(), 10);
                }
            }
            sleep();
        }
        throw new ElasticVisionException("rank 0 does not answer at " + rank.address() + ", ports " + (rank.port() + 1)
                + " to " + (rank.port() + PORTS) + "; is it started, and can its machine be reached there?");
    }

    private static String ask(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            return new String(socket.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8).strip();
        } catch (IOException | IllegalArgumentException e) {
            return "";
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ElasticVisionException("interrupted while looking for rank 0", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // nobody is answered any more
        }
    }
}
