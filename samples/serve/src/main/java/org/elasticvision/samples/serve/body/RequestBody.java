package org.elasticvision.samples.serve.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.elasticvision.samples.serve.http.ByteSize;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.RequestRefused;

/** The body of a request. */
public final class RequestBody {
    private static final int CHUNK = 64 << 10;

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

    static boolean isCompressed(Request request) {
        return isGzip(coding(request));
    }

    /** {@return the same} Refuses one without a byte, 400. */
    static byte[] notEmpty(byte[] body, BodyForm form) {
        if (body.length == 0) {
            throw new RequestRefused(HttpStatus.BAD_REQUEST_400, "the body is empty; " + form.remedy());
        }
        return body;
    }

    /**
     * {@return a body as it was before it was compressed}
     *
     * @throws RequestRefused 400 where it is cut off or not compressed as it says, 413 where it is too long
     */
    static byte[] unpacked(byte[] body, BodyForm form, Limits limits) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body), CHUNK)) {
            byte[] whole = in.readNBytes((int) limits.bodyBytes());
            if (in.read() >= 0) {
                throw tooLarge(form, limits);
            }
            return whole;
        } catch (ZipException e) {
            throw new RequestRefused(
                    HttpStatus.BAD_REQUEST_400,
                    "the body is not gzip, as its Content-Encoding says, or is damaged; send it again",
                    closing());
        } catch (IOException e) {
            throw endedEarly(form);
        }
    }

    static RequestRefused endedEarly(BodyForm form) {
        return new RequestRefused(
                HttpStatus.BAD_REQUEST_400, "the upload ended early; send " + form.part() + " again", closing());
    }

    static RequestRefused tooLarge(BodyForm form, Limits limits) {
        return new RequestRefused(
                HttpStatus.PAYLOAD_TOO_LARGE_413,
                form.noun() + " is larger than " + ByteSize.text(limits.bodyBytes())
                        + "; send a smaller one, or start the server with a larger --max-body",
                closing());
    }

    static RequestRefused tooSlow(BodyForm form, Limits limits) {
        return new RequestRefused(
                HttpStatus.REQUEST_TIMEOUT_408,
                form.part() + " did not arrive within " + limits.timeout().toMillis() / 1000.0
                        + " s, or came at less than 1 KB a second; send a smaller one, or start the server with a longer"
                        + " --timeout",
                closing());
    }

    private static Map<String, String> closing() {
        return Map.of("Connection", "close");
    }
}
