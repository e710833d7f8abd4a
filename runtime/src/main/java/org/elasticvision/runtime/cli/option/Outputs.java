package org.elasticvision.runtime.cli.option;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.io.AtomicFile;
import org.elasticvision.runtime.io.FileKind;
import org.elasticvision.runtime.io.FolderSearch;
import org.elasticvision.runtime.io.name.FileNames;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * What a command is going to write. Each output is checked, and its folder made, before the work begins, so that no work is lost
 * to a name that cannot be written. Closing takes away the folders that were made here and in which nothing lies, so that a start
 * that failed leaves nothing behind.
 *
 * <pre>{@code
 * try (Outputs outputs = new Outputs(spec)) {
 *     outputs.reads("MODEL", model);
 *     report.ifPresent(page -> outputs.page("--report", page));
 *     work();
 * }
 * }</pre>
 *
 * <p>For one thread.
 */
public final class Outputs implements AutoCloseable {
    private final CommandSpec command;
    private final Map<Path, String> inputs = new LinkedHashMap<>();
    private final Map<Path, String> outputs = new LinkedHashMap<>();
    private final Deque<Path> made = new ArrayDeque<>();

    /** The outputs of a command, in whose name wrong usage is reported. */
    public Outputs(CommandSpec command) {
        this.command = command;
    }

    /**
     * A file that no output may overwrite.
     *
     * @param name what messages call it, such as {@code the model}
     * @param file need not be there
     */
    public void reads(String name, Path file) {
        inputs.put(FileNames.place(file), name);
    }

    /**
     * A page in HTML that is going to be written.
     *
     * @param option that names it, such as {@code --report}
     * @param file whose name ends in {@code .html}: what ends otherwise may be a picture or a list of the data
     * @throws ParameterException as for {@link #file(String, Path)}, and if the name ends otherwise
     * @throws ElasticVisionException if it cannot be written there
     */
    public void page(String option, Path file) {
        file(option, file, "html", "htm");
    }

    /**
     * A file of one form that is going to be written.
     *
     * @param option that names it
     * @param file its name
     * @param extensions that it may have, in lower case and without a dot, the usual one first
     * @throws ParameterException as for {@link #file(String, Path)}, and if the name ends otherwise
     * @throws ElasticVisionException if it cannot be written there
     */
    public void file(String option, Path file, String... extensions) {
        file(option, file);
        if (!FolderSearch.hasExtension(String.valueOf(file.getFileName()), Set.of(extensions))) {
            throw wrong(option, file, "must end in ." + extensions[0] + ", as it is written in that form");
        }
    }

    /**
     * A file that is going to be written, and is no picture.
     *
     * @param option that names it, such as {@code --report}
     * @param file the file
     * @throws ParameterException if it is an input, or another output, or a picture, or was given as a folder, with a
     *     slash at its end
     * @throws ElasticVisionException if it cannot be written there
     */
    public void file(String option, Path file) {
        refuseFolder(option);
        Path place = FileNames.place(file);
        refuseSame(option, file, inputs.get(place), "is " + inputs.get(place) + " itself");
        refuseSame(option, file, outputs.get(place), "is written by " + outputs.get(place) + " too");
        if (isPicture(file)) {
            throw wrong(option, file, "is a picture, which would be lost; name another file");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.exists(file) && folder != null) {
            make(option, file, folder);
        }
        AtomicFile.requireWritable(file);
        outputs.put(place, option);
    }

    /**
     * A folder that is going to be written into.
     *
     * @param option that names it, such as {@code --overlay}
     * @param folder the folder
     * @throws ParameterException if it is an output that is a file
     * @throws ElasticVisionException if it cannot be made or written
     */
    public void folder(String option, Path folder) {
        Path place = FileNames.place(folder);
        if (!Files.isDirectory(folder)) { // else it is what it is
            refuseSame(option, folder, inputs.get(place), "is " + inputs.get(place));
        }
        refuseSame(option, folder, outputs.get(place), "is written as a file by " + outputs.get(place));
        make(option, folder, folder.toAbsolutePath());
        if (!Files.isWritable(folder.toAbsolutePath())) {
            throw new ElasticVisionException(folder
                    + (AtomicFile.isReadOnly(folder.toAbsolutePath())
                            ? ": the disk is read-only; give another folder to " + option
                            : ": there is no permission to write into this folder; change its permissions or give"
                                    + " another to " + option));
        }
    }

    /**
     * A folder into which files of certain names are going to be written.
     *
     * @param option that names it
     * @param folder the folder
     * @param names of the files
     * @throws ParameterException as for {@link #folder(String, Path)}, and if one of the files is an input
     * @throws ElasticVisionException if it cannot be made or written
     */
    public void folder(String option, Path folder, List<String> names) {
        folder(option, folder);
        for (String name : names) {
            Path file = folder.resolve(name);
            String input = inputs.get(FileNames.place(file));
            refuseSame(option, folder, input, "would write over " + name + " in it, which is " + input);
        }
    }

    /** Photos have the longest names and the shortest way to an option that wants another file. */
    private static boolean isPicture(Path file) {
        try {
            return Files.isRegularFile(file)
                    && FileKind.of(file).filter(kind -> kind == FileKind.IMAGE).isPresent();
        } catch (IOException e) {
            return false; // it cannot be read, so nothing is known of it
        }
    }

    /** A path does not tell any more: Java leaves out the slash. */
    private void refuseFolder(String option) {
        OptionSpec given = command.findOption(option);
        if (given != null) {
            given.originalStringValues().stream()
                    .filter(text -> text.endsWith("/") || text.endsWith(File.separator))
                    .findFirst()
                    .ifPresent(text -> {
                        throw new ParameterException(
                                command.commandLine(),
                                option + " " + text + " names a folder; give the name of a file to write");
                    });
        }
    }

    private void refuseSame(String option, Path file, String other, String why) {
        if (other != null) {
            throw wrong(option, file, why + "; name another file");
        }
    }

    private ParameterException wrong(String option, Path file, String why) {
        return new ParameterException(command.commandLine(), option + " " + file + " " + why);
    }

    private void make(String option, Path output, Path folder) {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = folder; path != null && !Files.isDirectory(path); path = path.getParent()) {
            if (Files.exists(path)) {
                throw new ElasticVisionException(output + ": cannot be written: " + path
                        + " is a file, not a folder; give another name to " + option);
            }
            missing.push(path);
        }
        for (Path path : missing) {
            try {
                Files.createDirectory(path);
                made.push(path);
            } catch (FileAlreadyExistsException e) {
                // Another process has made it since.
            } catch (IOException e) {
                throw new ElasticVisionException(
                        output + ": the folder " + path
                                + " cannot be made: there is no permission, or the disk is full or"
                                + " read-only; give another name to " + option,
                        e);
            }
        }
    }

    /** Deletes the folders in which nothing was written. */
    @Override
    public void close() {
        for (Path folder : made) {
            try {
                Files.delete(folder);
            } catch (IOException e) {
                return; // it is in use, and so are those around it
            }
        }
    }
}
