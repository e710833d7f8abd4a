package org.elasticvision.samples.serve;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection on which a test sends what no HTTP library would. */
final class Wire implements AutoCloseable {
    private final Socket socket;

    Wire(int port) throws IOException {
        this(new Socket("localhost", port));
    }

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
    }

    Wire send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Sends the head of a request with a body of so many bytes, and what of it is given. */
    Wire post(String path, int length, String body) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n" + body);
    }

    /** {@return the next reply, its head in small letters and its body} Empty where the connection is closed instead. */
    String reply() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int one = in.read();
            if (one < 0) {
                return "";
            }
            text.append((char) one);
        }
        String head = text.toString().toLowerCase(Locale.ROOT);
        int length = Integer.parseInt(head.replaceFirst("(?s).*\r\ncontent-length: *(\\d+).*", "$1"));
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** {@return how many bytes come until the connection is closed or broken} */
    long rest() {
        long count = 0;
        byte[] bytes = new byte[1 << 16];
        try {
            for (int more = socket.getInputStream().read(bytes);
                    more >= 0;
                    more = socket.getInputStream().read(bytes)) {
                count += more;
            }
            return count;
        } catch (IOException e) {
            return count;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
