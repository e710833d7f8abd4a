package org.elasticvision.runtime.cli.prediction;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.option.ImageFiles;
import org.elasticvision.runtime.image.ImageSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The images that a command line names: files, folders opened up, and {@code -}, an image on standard input. Stateless. */
public final class InputImages {
    private InputImages() {}

    /**
     * Finds the files and reads standard input, where that is named.
     *
     * @param command in whose name wrong usage is reported
     * @param named files, folders and {@code -}
     * @param in standard input; read to its end, not closed
     * @return in the order in which they are named
     * @throws ParameterException if standard input is named twice
     * @throws ElasticVisionException if nothing can be read there, or too much, or a folder cannot be searched
     */
    public static List<InputImage> list(CommandSpec command, List<Path> named, InputStream in) {
        if (named.stream().filter(StandardInput::isMeant).count() > 1) {
            throw new ParameterException(
                    command.commandLine(), "- is standard input, which has one image; give it once");
        }
        List<InputImage> images = new ArrayList<>();
        for (Path path : named) {
            if (StandardInput.isMeant(path)) {
                images.add(new InputImage(path, StandardInput.read(in)));
            } else {
                ImageFiles.list(List.of(path)).forEach(file -> images.add(new InputImage(file, ImageSource.of(file))));
            }
        }
        return images;
    }
}
