package org.elasticvision.samples.serve.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** The body of a request. */
public final class RequestBody {
    private static final int CHUNK = 64 << 10;
    private static final long MOST_DISCARDED = 256 << 20;
    private static final Duration DISCARD_TIME = Duration.ofSeconds(5);

    private RequestBody() {}

    /**
     * Refuses what cannot be read, as far as its headers tell.
     *
     * @throws RequestRefused 413 for a body that says it is too long, 415 for one of another type or compressed in another way
     *     than with gzip
     */
    public static void check(Request request, BodyForm form, Limits limits) {
        if (request.getLength() > limits.bodyBytes()) {
            throw tooLarge(form, limits);
        }
        String coding = coding(request);
        if (!coding.isEmpty() && !isGzip(coding)) {
            throw new RequestRefused(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
                    "the body is compressed with " + coding + "; send " + form.noun() + " as it is, or with gzip",
                    Map.of("Accept-Encoding", "gzip"));
        }
        String type = type(request);
        if (!type.isEmpty() && !form.takes(type)) {
            throw new RequestRefused(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "the body is " + type + "; " + form.remedy());
        }
    }

    /** {@return the content type in lower case and without parameters; empty where the request has none} */
    public static String type(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type == null ? "" : type.replaceFirst("(?s);.*", "").strip().toLowerCase(Locale.ROOT);
    }

    private static String coding(Request request) {
        String all = String.join(",", request.getHeaders().getValuesList(HttpHeader.CONTENT_ENCODING));
        String coding = all.strip().toLowerCase(Locale.ROOT);
        return coding.equals("identity") ? "" : coding;
    }

    private static boolean isGzip(String coding) {
        return coding.equals("gzip") || coding.equals("x-gzip");
    }

    /**
     * Reads it whole, and unpacks it if it is compressed.
     *
     * @throws RequestRefused 400 where it is empty, ends early or is not compressed as it says, 408 where it comes too slowly,
     *     413 where it is too long
     */
    public static byte[] read(Request request, BodyForm form, Limits limits, Deadline deadline) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(CHUNK);
        byte[] chunk = new byte[CHUNK];
        InputStream raw = Content.Source.asInputStream(request); // not closed: what is left of the body is read later
        try {
            InputStream in = isGzip(coding(request)) ? new GZIPInputStream(raw, CHUNK) : raw;
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                if (whole.size() + count > limits.bodyBytes()) {
                    throw tooLarge(form, limits);
                }
                whole.write(chunk, 0, count);
                if (deadline.passed()) {
                    throw tooSlow(form, limits);
                }
            }
        } catch (ZipException e) {
            throw new RequestRefused(
                    HttpStatus.BAD_REQUEST_400,
                    "the body is not gzip, as its Content-Encoding says, or is damaged; send it again",
                    closing());
        } catch (IOException e) {
            if (deadline.passed() || e.getCause() instanceof TimeoutException) {
                throw tooSlow(form, limits);
            }
            throw new RequestRefused(
                    HttpStatus.BAD_REQUEST_400, "the upload ended early; send " + form.part() + " again", closing());
        }
        if (whole.size() == 0) {
            throw new RequestRefused(HttpStatus.BAD_REQUEST_400, "the body is empty; " + form.remedy());
        }
        return whole.toByteArray();
    }

    /**
     * Reads what a refused request still sends, within reason. Many clients look for an answer only when they have sent
     * everything, and show a broken connection otherwise.
     */
    public static void discard(Request request) {
        Deadline deadline = Deadline.in(DISCARD_TIME);
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = Content.Source.asInputStream(request);
            long discarded = 0;
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                discarded += count;
                if (discarded > MOST_DISCARDED || deadline.passed()) {
                    return;
                }
            }
        } catch (IOException e) {
            // It has gone; the answer is sent in case somebody still reads.
        }
    }

    private static RequestRefused tooLarge(BodyForm form, Limits limits) {
        return new RequestRefused(
                HttpStatus.PAYLOAD_TOO_LARGE_413,
                form.noun() + " is larger than " + ByteSize.text(limits.bodyBytes())
                        + "; send a smaller one, or start the server with a larger --max-body",
                closing());
    }

    private static RequestRefused tooSlow(BodyForm form, Limits limits) {
        return new RequestRefused(
                HttpStatus.REQUEST_TIMEOUT_408,
                form.part() + " did not arrive within " + limits.timeout().toMillis() / 1000.0
                        + " s; send a smaller one, or start the server with a longer --timeout",
                closing());
    }

    private static Map<String, String> closing() {
        return Map.of("Connection", "close");
    }
}
