package org.elasticvision.samples.serve.http;

import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.elasticvision.runtime.base.ElasticVisionException;

/** Jetty's own errors in the form of all others: malformed requests, requests while the server stops, and defects. */
public final class JsonErrors extends ErrorHandler {
    /** Of an absolute path, of Windows too, and not of an address. */
    private static final Pattern FOLDERS =
            Pattern.compile("(?<![\\w:/.\\\\])(?:[A-Za-z]:)?[/\\\\](?:[^/\\\\\\s:]+[/\\\\])+");

    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        boolean gone = cause
                instanceof QuietException; // the client: nobody is there to get a reply, and nothing is wrong here
        Reply reply = code == HttpStatus.INTERNAL_SERVER_ERROR_500 && cause != null && !gone
                ? defect(cause)
                : Reply.error(code, text(code, message), Map.of());
        reply.send(response, callback);
    }

    private static String text(int code, String message) {
        return code == HttpStatus.SERVICE_UNAVAILABLE_503
                ? "the server is stopping; try again when it is back"
                : "the request cannot be read: " + message + "; send it as HTTP/1.1 says";
    }

    /** The reply where this program is wrong, or the machine too small; its owner finds more on standard error. */
    public static Reply defect(Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            return Reply.error(
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "the server has too little memory for this; send a smaller image, or start it with JAVA_OPTS=-Xmx4g",
                    Map.of());
        }
        cause.printStackTrace(System.err);
        return failed("internal error: " + cause + " (please report it)");
    }

    /**
     * The reply where a model could not answer, which its owner reads on standard error, with the folders.
     *
     * @param cause in a line of its own
     * @return status 500
     */
    public static Reply failure(ElasticVisionException cause) {
        System.err.println("elastic: a request failed: " + cause.getMessage());
        return failed(String.valueOf(cause.getMessage()));
    }

    /** Strangers are not told where files lie on the server: of a path its name is left. */
    private static Reply failed(String message) {
        return Reply.error(
                HttpStatus.INTERNAL_SERVER_ERROR_500, FOLDERS.matcher(message).replaceAll(""), Map.of());
    }
}
