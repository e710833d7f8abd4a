package org.elasticvision.samples.serve.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.jetty.http.HttpStatus;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.explain.Explainer;
import org.elasticvision.runtime.explain.Explanation;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.onnx.ModelContent;
import org.elasticvision.samples.serve.http.RequestRefused;

/**
 * The model as it is open to be looked into: a second network of the same file, opened when the first explanation is asked for. Thread-safe.
 */
final class ModelInsight implements AutoCloseable {
    private final Path file;
    private final String name;
    private final ModelOptions options;
    private final FileStamp stamp;
    private final boolean possible;
    private Explainer explainer;

    /**
     * Of a model that has been opened.
     *
     * @param file whose contents must stay as they are
     * @param name which messages call it
     */
    ModelInsight(Path file, String name, ModelOptions options) {
        this.file = file;
        this.name = name;
        this.options = options;
        stamp = stamp();
        possible = stamp != null && ModelContent.isOnnx(file);
    }

    /** Whether it is an ONNX file, whose graph can be read; an engine's cannot. */
    boolean isPossible() {
        return possible;
    }

    private FileStamp stamp() {
        try {
            return FileStamp.of(file);
        } catch (IOException e) {
            return null; // gone
        }
    }

    Explanation explain(ImageSource image, OptionalInt classIndex) {
        Explainer open = explainer();
        return classIndex.isEmpty() ? open.explain(image) : open.explain(image, classIndex.getAsInt());
    }

    /** What cannot be shown of the network, without the path of its file. */
    List<String> notes() {
        return explainer().notes().stream()
                .map(note -> note.replace(file.toString(), name))
                .toList();
    }

    private synchronized Explainer explainer() {
        if (explainer == null) {
            requireSame();
            explainer = open();
        }
        return explainer;
    }

    /** Where the file was replaced while it was read, it is that which went wrong, whatever came of it. */
    private Explainer open() {
        Explainer opened;
        try {
            opened = Explainer.open(file, options);
        } catch (RuntimeException e) {
            requireSame();
            throw e;
        }
        try {
            requireSame();
            return opened;
        } catch (RequestRefused e) {
            opened.close();
            throw e;
        }
    }

    private void requireSame() {
        if (!stamp.equals(stamp())) {
            throw new RequestRefused(
                    HttpStatus.CONFLICT_409,
                    "the file of model '" + name
                            + "' is another one than is served; where the server has --watch on its"
                            + " folder, ask again in a moment; else start the server again");
        }
    }

    @Override
    public synchronized void close() {
        if (explainer != null) {
            explainer.close();
        }
    }
}
