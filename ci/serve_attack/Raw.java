import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection to the server, byte by byte as an HTTP library would not send them. */
final class Raw implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    final Socket socket = new Socket();

    Raw(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    }

    /** A reply: its status, its head in small letters, and its body. */
    record Reply(int status, String head, String body) {}

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends a request with a body and reads what is answered. */
    Reply post(String path, byte[] body) throws IOException {
        send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length + "\r\n\r\n");
        send(body);
        return reply();
    }

    Reply get(String path) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        return reply();
    }

    /** {@return the next reply} Fails where the server closes the connection instead. */
    Reply reply() throws IOException {
        InputStream in = socket.getInputStream();
        String head = head(in);
        int length = Integer.parseInt(head.replaceFirst("(?s).*\r\ncontent-length: *(\\d+).*", "$1"));
        return new Reply(
                Integer.parseInt(head.substring(9, 12)), head, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int one = in.read(); one >= 0; one = in.read()) {
            head.write(one);
            if (one == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1).toLowerCase(java.util.Locale.ROOT);
            }
        }
        throw new IOException("closed after '" + head.toString(StandardCharsets.ISO_8859_1) + "'");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone all the same
        }
    }
}
