package org.elasticvision.convert.cli.conversion;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a model is called that is made of a checkpoint. */
public final class ModelName {
    private static final Pattern CHECKPOINT = Pattern.compile("\\.(pth\\.tar|pth|pt|ckpt|safetensors|tar|bin)$");

    private ModelName() {}

    /**
     * {@return the checkpoint's path with another ending}
     *
     * @param checkpoint need not be there
     * @param ending with its dot
     */
    public static Path of(Path checkpoint, String ending) {
        Path name = checkpoint.getFileName();
        String base =
                name == null ? "model" : CHECKPOINT.matcher(name.toString()).replaceFirst("");
        return checkpoint.resolveSibling(base + ending);
    }

    /** {@return whether a file is called as checkpoints are} */
    public static boolean isOfCheckpoint(Path file) {
        return CHECKPOINT.matcher(file.toString()).find();
    }
}
