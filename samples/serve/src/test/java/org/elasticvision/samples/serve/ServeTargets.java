package org.elasticvision.samples.serve;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.elasticvision.runtime.fuzz.FuzzTarget;
import org.elasticvision.runtime.fuzz.FuzzTargets;

/**
 * A running server that is sent any bytes: whole connections, and bodies of requests. It must answer with a status of its own, never with 500,
 * close the connection, and go on.
 */
public final class ServeTargets implements FuzzTargets {
    /** How long an answer may take before the client says that it has sent all. */
    private static final int PATIENCE_MILLIS = 30;

    private static final int MOST_MILLIS = 2000;
    /** Of the first requests, for which classes are loaded. */
    private static final int FIRST_MILLIS = 30_000;

    private static final int FIRST = 100;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

    /** What the first byte of a body stands for. */
    private static final List<Form> FORMS = List.of(
            new Form("/v1/models/classifier:predict", "application/octet-stream"),
            new Form("/v1/models/classifier:predict", "application/json"),
            new Form("/v1/models/multilabel:predict?top=2", "multipart/form-data; boundary=b"),
            new Form("/v1/models/segmenter:predict?mask=png&overlay=png", "image/png"),
            new Form("/v1/models/classifier:explain", "image/png"),
            new Form("/v2/models/classifier/infer", "application/json"),
            new Form("/v2/models/classifier/infer", "application/octet-stream"));

    private static int exchanges;
    private static PredictionServer server; // guarded by the class

    /** Where a body is sent to, and as what. */
    private record Form(String path, String type) {
        boolean isBinary() {
            return path.startsWith("/v2") && !type.endsWith("json");
        }
    }

    @Override
    public List<FuzzTarget> all() {
        return List.of(
                target("http", ServeTargets::connections, ServeTargets::send),
                target("http-body", ServeTargets::bodies, ServeTargets::sendBody));
    }

    /** Nothing is refused by an exception. */
    private static FuzzTarget target(String name, FuzzTarget.Seeds seeds, FuzzTarget.Reader reader) {
        return new FuzzTarget(name, "sent", NoSuchElementException.class, seeds, reader);
    }

    /** In a group of threads of its own: they stay. */
    private static synchronized int port() throws IOException {
        if (server == null) {
            FutureTask<PredictionServer> starting = new FutureTask<>(() -> {
                Path folder = Files.createTempDirectory("models");
                PredictionServer started = TestServers.start(TestServers.colors(folder), TestServers.ROOMY);
                folder.toFile().deleteOnExit();
                try (Stream<Path> files = Files.list(folder)) {
                    files.forEach(file -> file.toFile().deleteOnExit());
                }
                return started;
            });
            new Thread(new ThreadGroup(Thread.currentThread().getThreadGroup().getParent(), "server"), starting)
                    .start();
            try {
                server = starting.get();
            } catch (ExecutionException | InterruptedException e) {
                throw new IOException(e);
            }
        }
        return server.port();
    }

    private static void send(Path file) throws IOException {
        exchange(Files.readAllBytes(file));
    }

    /** The first byte chooses the form; of binary tensors the next is the length of the JSON before them. */
    private static void sendBody(Path file) throws IOException {
        byte[] sent = Files.readAllBytes(file);
        if (sent.length < 2) {
            return;
        }
        Form form = FORMS.get(Byte.toUnsignedInt(sent[0]) % FORMS.size());
        int from = form.isBinary() ? 2 : 1;
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(
                ("POST " + form.path() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                                + form.type() + "\r\nContent-Length: " + (sent.length - from) + "\r\n"
                                + (form.isBinary()
                                        ? "Inference-Header-Content-Length: " + Byte.toUnsignedInt(sent[1]) + "\r\n"
                                        : "")
                                + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        request.write(sent, from, sent.length - from);
        exchange(request.toByteArray());
    }

    private static void exchange(byte[] sent) throws IOException {
        int most = exchanges++ < FIRST ? FIRST_MILLIS : MOST_MILLIS;
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (Socket socket = new Socket("localhost", port())) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(sent);
            socket.setSoTimeout(PATIENCE_MILLIS);
            if (!readToEnd(socket, received)) {
                socket.shutdownOutput();
                socket.setSoTimeout(most);
                if (!readToEnd(socket, received)) {
                    throw new AssertionError("neither an answer nor the end came within " + most + " ms");
                }
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no connection", e);
        } catch (IOException e) {
            // The server may close while there is more to come: the client then sees a broken connection.
        }
        Matcher statuses = STATUS.matcher(received.toString(StandardCharsets.ISO_8859_1));
        while (statuses.find()) {
            if (statuses.group(1).equals("500")) {
                throw new AssertionError("answered with " + received.toString(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static boolean readToEnd(Socket socket, ByteArrayOutputStream received) throws IOException {
        byte[] bytes = new byte[1 << 14];
        try {
            for (int count = socket.getInputStream().read(bytes);
                    count >= 0;
                    count = socket.getInputStream().read(bytes)) {
                received.write(bytes, 0, count);
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(6, 5, BufferedImage.TYPE_INT_RGB);
        image.setRGB(2, 3, 0xFF8800);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    private static List<byte[]> connections(Path folder) throws IOException {
        String close = "Host: localhost\r\nConnection: close\r\n";
        List<byte[]> seeds = new ArrayList<>();
        for (String request : List.of(
                "GET / HTTP/1.1\r\n" + close + "\r\n",
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\nGET /v2/models/classifier HTTP/1.1\r\n" + close
                        + "\r\n",
                "GET /v2/models/segmenter/versions/1/ready HTTP/1.0\r\n\r\n",
                "GET /openapi.json?x=%41&y HTTP/1.1\r\nAccept-Encoding: gzip\r\n" + close + "\r\n",
                "HEAD /docs HTTP/1.1\r\nIf-None-Match: \"a\"\r\n" + close + "\r\n",
                "OPTIONS /v1/models/classifier:predict HTTP/1.1\r\nOrigin: http://a\r\nAccess-Control-Request-Method: POST\r\n"
                        + close + "\r\n",
                "GET /metrics HTTP/1.1\r\nAuthorization: Bearer abc\r\n" + close + "\r\n",
                "POST /v1/models/classifier:predict HTTP/1.1\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n"
                        + close + "\r\n3\r\nabc\r\n0\r\n\r\n")) {
            seeds.add(request.getBytes(StandardCharsets.ISO_8859_1));
        }
        seeds.add(join(
                "POST /v1/models/multilabel:predict?top=1&threshold=0.5 HTTP/1.1\r\nContent-Length: " + picture().length
                        + "\r\n" + close + "\r\n",
                picture(),
                ""));
        return seeds;
    }

    private static List<byte[]> bodies(Path folder) throws IOException {
        byte[] picture = picture();
        String base64 = Base64.getEncoder().encodeToString(picture);
        String tensor = "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"FP32\",\"shape\":[1,3,4,4],\"data\":["
                + "0.5,".repeat(47) + "1e0]}],\"outputs\":[{\"name\":\"logits\"},{\"name\":\"answer\"}],\"id\":\"7\"}";
        String files = "{\"inputs\":[{\"name\":\"file\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"" + base64
                + "\"]}],\"parameters\":{\"top\":2}}";
        String binary = "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"FP32\",\"shape\":[1,3,4,4],"
                + "\"parameters\":{\"binary_data_size\":192}}]}";
        String multipart = "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\n";
        return List.of(
                join("\0", picture, ""),
                join(
                        "\1{\"instances\":[{\"b64\":\"" + base64 + "\"},{\"image\":{\"b64\":\"AA==\"}}]}",
                        new byte[0],
                        ""),
                join("\2" + multipart, picture, "\r\n--b--\r\n"),
                join("\3", picture, ""),
                join("\4", picture, ""),
                join("\5" + tensor, new byte[0], ""),
                join("\5" + files, new byte[0], ""),
                join("\6" + (char) binary.length() + binary, new byte[192], ""));
    }

    private static byte[] join(String before, byte[] middle, String after) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(before.getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(middle);
        all.writeBytes(after.getBytes(StandardCharsets.ISO_8859_1));
        return all.toByteArray();
    }
}
