package org.elasticvision.samples.serve.v1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.SearchPattern;
import org.elasticvision.samples.serve.http.Limits;
import org.elasticvision.samples.serve.http.RequestRefused;

/** The files of a form: each of its parts is an image, whatever its name. */
final class FormImages {
    private static final int LONGEST_BOUNDARY = 70;

    private FormImages() {}

    /**
     * {@return the images, in the form's order}
     *
     * @param type the content type, with the boundary
     * @param body whole, within the limits
     * @throws RequestRefused 400 where it is not a form, or has no parts or too many
     */
    static List<Upload> read(String type, byte[] body, Limits limits) {
        String boundary = MultiPart.extractBoundary(type);
        if (boundary == null) {
            throw wrong("the form has no boundary in its Content-Type; send it as curl -F image=@photo.jpg does");
        }
        if (boundary.length() > LONGEST_BOUNDARY) { // to search for a long one takes long
            throw wrong("the form's boundary is longer than " + LONGEST_BOUNDARY
                    + " characters, which RFC 2046 does not allow; send it as curl -F image=@photo.jpg does");
        }
        requireWhole(body, boundary, limits.images());
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
        parser.setMaxMemoryFileSize(-1); // never into files: the body is in memory, and bounded, already
        parser.setMaxLength(-1);
        parser.setMaxParts(limits.images());
        try (Blocker.Promise<MultiPartFormData.Parts> parsed = Blocker.promise()) {
            parser.parse(new ByteBufferContentSource(ByteBuffer.wrap(body)), parsed);
            try (MultiPartFormData.Parts parts = parsed.block()) {
                return images(parts);
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof RequestRefused refused) {
                throw refused;
            }
            throw wrong("the form cannot be read (" + e.getMessage() + "); send it as curl -F image=@photo.jpg does");
        }
    }

    /** What the parser would say in its own words, or of another cause. */
    private static void requireWhole(byte[] body, String boundary, int mostImages) {
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        SearchPattern search = SearchPattern.compile(delimiter);
        int parts = 0;
        int at = search.match(body, 0, body.length);
        if (at < 0) {
            throw wrong("the form does not have the boundary that its Content-Type names; send it as"
                    + " curl -F image=@photo.jpg does");
        }
        while (at >= 0 && !isLast(body, at + delimiter.length)) {
            parts++;
            int next = at + delimiter.length;
            at = search.match(body, next, body.length - next);
        }
        if (parts > mostImages) {
            throw wrong("the form has more than " + mostImages
                    + " files; send fewer, or start the server with a larger --max-images");
        }
        if (at < 0) {
            throw wrong("the form is cut off: the boundary at its end is missing; send it whole, as curl -F"
                    + " image=@photo.jpg does");
        }
    }

    private static boolean isLast(byte[] body, int behindBoundary) {
        return behindBoundary + 1 < body.length && body[behindBoundary] == '-' && body[behindBoundary + 1] == '-';
    }

    private static List<Upload> images(MultiPartFormData.Parts parts) throws IOException {
        List<Upload> images = new ArrayList<>();
        for (MultiPart.Part part : parts) {
            images.add(Upload.of(BufferUtil.toArray(Content.Source.asByteBuffer(part.getContentSource()))));
        }
        if (images.isEmpty()) {
            throw wrong("the form has no files; send one or more, as curl -F image=@photo.jpg does");
        }
        return images;
    }

    private static RequestRefused wrong(String message) {
        return new RequestRefused(HttpStatus.BAD_REQUEST_400, message);
    }
}
