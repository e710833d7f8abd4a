package org.elasticvision.convert.checkpoint.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says what a folder is that was given in place of a checkpoint, and how to come to a file. */
final class FolderKind {
    private static final Pattern CHECKPOINT = Pattern.compile("(?i).*\\.(pth|pt|tar|ckpt|bin|safetensors)");
    private static final int MOST = 10_000;

    private FolderKind() {}

    /** What is wrong with giving it. */
    static String of(Path folder) {
        return special(folder).orElseGet(() -> ordinary(folder));
    }

    /** What is wrong with a folder whose files belong together and are not checkpoints each; empty for any other. */
    static Optional<String> special(Path folder) {
        List<String> names;
        try {
            names = names(folder);
        } catch (IOException e) {
            return Optional.of("a folder, not a file, and cannot be read");
        }
        if (names.stream().anyMatch(name -> name.endsWith(".distcp"))) {
            return Optional.of("a folder of a distributed checkpoint (.distcp); join its parts in Python with"
                    + " torch.distributed.checkpoint.format_utils.dcp_to_torch_save(folder, file) and give that file");
        }
        if (names.contains("zero_to_fp32.py")) {
            return Optional.of(
                    "a folder of a DeepSpeed checkpoint; run the zero_to_fp32.py in it and give the file that it writes");
        }
        if (names.contains("data.pkl")) {
            return Optional.of("a checkpoint that was unpacked into a folder; pack it again (in the folder above:"
                    + " zip -0 -r checkpoint.pth \""
                    + folder.toAbsolutePath().normalize().getFileName()
                    + "\") and give that file");
        }
        if (names.contains("saved_model.pb")) {
            return Optional.of(
                    "a folder of a TensorFlow model, not a PyTorch file; give the file that torch.save wrote");
        }
        return Optional.empty();
    }

    private static String ordinary(Path folder) {
        List<String> names;
        try {
            names = names(folder);
        } catch (IOException e) {
            names = List.of();
        }
        Predicate<String> isCheckpoint = CHECKPOINT.asMatchPredicate();
        return "a folder, not a file; give the .pth or .pth.tar file"
                + names.stream()
                        .filter(isCheckpoint)
                        .min(Comparator.comparing((String name) -> !name.contains("best"))
                                .thenComparing(Comparator.naturalOrder()))
                        .map(name -> " in it, such as " + name)
                        .orElse("");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(MOST)
                    .map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
