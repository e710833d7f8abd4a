package org.elasticvision.runtime.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.io.ContentHash;
import org.elasticvision.runtime.io.FileKind;

/** All the files that a model consists of: an ONNX file may keep its weights in others beside it (external data). Stateless. */
public final class ModelContent {
    /** The first field of every ONNX file that is written in order, the version of the form. */
    private static final int FIRST_FIELD = 0x08;

    private ModelContent() {}

    /**
     * {@return whether a file begins as ONNX files do, or else is one as a whole}
     *
     * @param file one that exists
     */
    public static boolean isOnnx(Path file) {
        try {
            return FileKind.of(file).isEmpty()
                    && (begins(file) || OnnxOutline.read(file).isPresent());
        } catch (IOException e) {
            return false; // who opens it says what is wrong with it
        }
    }

    private static boolean begins(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == FIRST_FIELD;
        }
    }

    /**
     * {@return the files, the one that is opened first, the others in the order of their names}
     *
     * @param model the file that is opened
     * @throws ModelException if one of the others is not there
     */
    public static List<Path> files(Path model) {
        Optional<OnnxOutline> outline = OnnxOutline.read(model);
        if (outline.isEmpty() || outline.get().weightFiles().isEmpty()) {
            return List.of(model);
        }
        List<Path> files = new ArrayList<>(List.of(model));
        for (String name : outline.get().weightFiles()) {
            files.add(weights(model, name));
        }
        return Collections.unmodifiableList(files);
    }

    private static Path weights(Path model, String name) {
        try {
            Path file = model.resolveSibling(name);
            if (Files.isRegularFile(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // it is not there either
        }
        throw new ModelException(model + ": its weights are in " + name
                + ", which does not exist beside it; copy both files, or save the model as one file");
    }

    /**
     * Checks that a file can be a model, and that all its parts are there: what a library would only say obscurely.
     *
     * @param model the file
     * @throws ModelException if it is not there or something else; the message says what to do
     */
    public static void check(Path model) {
        Engine.check(model);
        files(model); // which are all there
    }

    /**
     * Adds all the files to a hash, so that no other content has the same.
     *
     * @param model the file that is opened
     * @param hash gets the contents, in the order of {@link #files}
     * @throws org.elasticvision.runtime.base.ElasticVisionException if one of them is missing or cannot be read
     */
    public static void addTo(ContentHash hash, Path model) {
        files(model).forEach(hash::add);
    }
}
