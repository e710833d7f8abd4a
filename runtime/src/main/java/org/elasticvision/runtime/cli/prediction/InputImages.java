package org.elasticvision.runtime.cli.prediction;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.option.ImageFiles;
import org.elasticvision.runtime.cli.option.Outputs;
import org.elasticvision.runtime.image.ImageFileNames;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.io.FolderSearch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The images that a command line names: files, folders opened up, standard input, and the frames of videos, which are decoded as
 * they are asked for. For one thread, and iterated once. Closing closes the video that is open.
 */
public final class InputImages implements Iterable<InputImage>, AutoCloseable {
    private final List<InputImage> inputs;
    private final List<InputVideo> videos;

    /** For a video, the place of its frames is held by what has no frame. */
    private InputImages(List<InputImage> inputs) {
        this.inputs = inputs;
        this.videos =
                inputs.stream().map(InputImage::video).flatMap(Optional::stream).toList();
    }

    /**
     * Finds the files and reads standard input, where that is named.
     *
     * @param command in whose name wrong usage is reported
     * @param named files, folders and {@code -}
     * @param in standard input; read to its end, not closed
     * @param every of videos, every Nth frame is asked about
     * @return in the order in which they are named
     * @throws ParameterException if standard input is named twice
     * @throws ElasticVisionException if nothing can be read there, or too much, or a folder cannot be searched
     */
    public static InputImages list(CommandSpec command, List<Path> named, InputStream in, int every) {
        if (named.stream().filter(StandardInput::isMeant).count() > 1) {
            throw new ParameterException(
                    command.commandLine(), "- is standard input, which has one image; give it once");
        }
        List<InputImage> inputs = new ArrayList<>();
        for (Path path : named) {
            if (StandardInput.isMeant(path)) {
                inputs.add(InputImage.of(path, StandardInput.read(in)));
            } else if (InputVideo.isMeant(path.toString()) && !Files.isDirectory(path)) {
                InputVideo video = new InputVideo(path, every);
                inputs.add(new InputImage(path, ImageSource.of(path), Optional.of(video), Optional.empty()));
            } else {
                files(path).forEach(file -> inputs.add(InputImage.of(file, ImageSource.of(file))));
            }
        }
        return new InputImages(inputs);
    }

    private static List<Path> files(Path path) {
        try {
            return ImageFiles.list(List.of(path));
        } catch (ElasticVisionException e) {
            throw onlyVideos(path).orElse(e);
        }
    }

    private static Optional<ElasticVisionException> onlyVideos(Path folder) {
        try {
            return FolderSearch.files(folder, ImageFileNames.EXTENSIONS).isEmpty()
                    ? FolderSearch.files(folder, InputVideo.EXTENSIONS).stream()
                            .findFirst()
                            .map(video -> new ElasticVisionException(folder + ": no images in this folder, but videos,"
                                    + " which are named themselves, such as " + video))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@return how many files there are, standard input as one} */
    public int files() {
        return inputs.size();
    }

    /** {@return whether one of them is a video} */
    public boolean hasVideos() {
        return !videos.isEmpty();
    }

    List<InputVideo> videos() {
        return videos;
    }

    /** {@return about how many images and frames there are; opens each video for it} */
    public long count() {
        return inputs.size()
                - videos.size()
                + videos.stream().mapToLong(InputVideo::frameCount).sum();
    }

    List<Path> paths() {
        return inputs.stream().map(InputImage::path).toList();
    }

    /** None of them may be overwritten. */
    void protect(Outputs outputs) {
        inputs.forEach(input -> outputs.reads(input.video().isPresent() ? "a video" : "an image", input.path()));
    }

    @Override
    public Iterator<InputImage> iterator() {
        Iterator<InputImage> rest = inputs.iterator();
        return new Iterator<>() {
            private Optional<InputVideo> video = Optional.empty();
            private Optional<InputImage> next = Optional.empty();

            @Override
            public boolean hasNext() {
                while (next.isEmpty()) {
                    if (video.isPresent()) {
                        next = video.get().next();
                        video = next.isPresent() ? video : Optional.empty();
                    } else if (rest.hasNext()) {
                        InputImage input = rest.next();
                        video = input.video();
                        next = video.isPresent() ? next : Optional.of(input);
                    } else {
                        return false;
                    }
                }
                return true;
            }

            @Override
            public InputImage next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                InputImage image = next.orElseThrow();
                next = Optional.empty();
                return image;
            }
        };
    }

    @Override
    public void close() {
        videos.forEach(InputVideo::close);
    }
}
