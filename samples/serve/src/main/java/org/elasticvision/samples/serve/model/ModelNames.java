package org.elasticvision.samples.serve.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.elasticvision.runtime.io.name.FileNames;

/**
 * What requests call models: the file's name without its ending, but the folder's name for {@code model.onnx}, as training
 * calls what it writes, and for files of one name. What is still the same is numbered. An underscore stands for what the server
 * takes for no part of a name in an address, and for what would break a line.
 */
public final class ModelNames {
    private static final String SAYS_NOTHING = "model";
    private static final Pattern NOT_IN_ADDRESSES = Pattern.compile("[%/\\\\;?#\\p{Cntrl}]");

    private ModelNames() {}

    /** {@return the name of one file, by that alone} */
    public static String of(Path file) {
        return addressable(FileNames.stem(file));
    }

    private static String addressable(String name) {
        return NOT_IN_ADDRESSES.matcher(name).replaceAll("_");
    }

    /** One for each file, in the same order, no two alike. */
    static List<String> of(List<Path> files) {
        List<String> stems = files.stream().map(ModelNames::of).toList();
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
                : addressable(folder.getFileName().toString());
    }

    private static String free(String wanted, Set<String> taken) {
        String name = wanted;
        for (int number = 2; !taken.add(name); number++) {
            name = wanted + "-" + number;
        }
        return name;
    }
}
