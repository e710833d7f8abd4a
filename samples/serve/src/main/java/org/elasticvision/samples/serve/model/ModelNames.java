package org.elasticvision.samples.serve.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.elasticvision.runtime.io.name.FileNames;

/**
 * What requests call models: the file's name without its ending, but the folder's name for {@code model.onnx}, as training
 * calls what it writes, and for files of one name. What is still the same is numbered.
 */
final class ModelNames {
    private static final String SAYS_NOTHING = "model";

    private ModelNames() {}

    /** One for each file, in the same order, no two alike. */
    static List<String> of(List<Path> files) {
        List<String> stems = files.stream().map(FileNames::stem).toList();
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < files.size(); i++) {
            String stem = stems.get(i);
            boolean unclear = stem.equals(SAYS_NOTHING)
                    || stems.stream().filter(stem::equals).count() > 1;
            names.add(free(unclear ? folder(files.get(i), stem) : stem, taken));
        }
        return names;
    }

    private static String folder(Path file, String otherwise) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder == null || folder.getFileName() == null
                ? otherwise
                : folder.getFileName().toString();
    }

    private static String free(String wanted, Set<String> taken) {
        String name = wanted;
        for (int number = 2; !taken.add(name); number++) {
            name = wanted + "-" + number;
        }
        return name;
    }
}
