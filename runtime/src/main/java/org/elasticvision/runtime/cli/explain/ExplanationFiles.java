package org.elasticvision.runtime.cli.explain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.elasticvision.runtime.answer.Score;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.explain.ClassActivation;
import org.elasticvision.runtime.explain.Explanation;
import org.elasticvision.runtime.explain.picture.MapPicture;
import org.elasticvision.runtime.explain.picture.MapPicture.Style;
import org.elasticvision.runtime.explain.picture.PolicyPicture;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.io.name.FileNames;

/**
 * Writes explanations as pictures: {@code NAME.INDEX-CLASS.png} for each class activation map, {@code NAME.uncertainty.png}, {@code
 * NAME.policy.png}.
 */
final class ExplanationFiles {
    private static final int MOST_SIDE = 1280;
    private static final int LONGEST_CLASS = 40;
    private static final Pattern OWN = Pattern.compile(".+\\.(policy|uncertainty|\\d+-[a-z0-9_-]*)\\.png");

    private final Path folder;
    private final boolean signed;
    private final Map<Path, String> names = new HashMap<>();

    /**
     * Chooses names.
     *
     * @param folder where the pictures go
     * @param images all that will come; two of one name are numbered
     * @param signed whether maps show what speaks against a class too
     * @throws ElasticVisionException if an image that is to be read might be overwritten
     */
    ExplanationFiles(Path folder, List<Path> images, boolean signed) {
        this.folder = folder;
        this.signed = signed;
        Set<String> taken = new HashSet<>();
        for (Path image : images) {
            names.computeIfAbsent(image, file -> free(FileNames.stem(file), taken));
        }
        Path place = FileNames.place(folder);
        for (Path image : images) {
            String name = String.valueOf(image.getFileName());
            if (OWN.matcher(name).matches()
                    && place.equals(FileNames.place(image).getParent())) {
                throw new ElasticVisionException(folder + ": writing pictures here might overwrite " + name
                        + ", an image that is to be read; give another folder to -o");
            }
        }
    }

    /** Where the pictures of an image were written. */
    record Written(Map<Integer, Path> activations, Path uncertainty, Path policy) {
        static Written nothing() {
            return new Written(Map.of(), null, null);
        }

        List<Path> all() {
            List<Path> all = new ArrayList<>(activations.values());
            for (Path file : new Path[] {uncertainty, policy}) {
                if (file != null) {
                    all.add(file);
                }
            }
            return all;
        }
    }

    Written write(Path image, Explanation explanation) {
        String name = names.get(image);
        Map<Integer, Path> activations = new TreeMap<>();
        for (ClassActivation activation : explanation.activations()) {
            Path file = folder.resolve(name + "." + word(activation.score()) + ".png");
            Style style = signed ? Style.SIGNED : Style.POSITIVE;
            PngFiles.write(
                    MapPicture.of(explanation.picture(), explanation.seen(), activation.map(), style, MOST_SIDE), file);
            activations.put(activation.score().index(), file);
        }
        Path uncertainty = explanation
                .uncertainty()
                .map(map -> {
                    Path file = folder.resolve(name + ".uncertainty.png");
                    PngFiles.write(
                            MapPicture.of(explanation.picture(), explanation.seen(), map, Style.SHARE, MOST_SIDE),
                            file);
                    return file;
                })
                .orElse(null);
        Path policy = explanation
                .policy()
                .map(found -> {
                    Path file = folder.resolve(name + ".policy.png");
                    PngFiles.write(PolicyPicture.bars(found), file);
                    return file;
                })
                .orElse(null);
        return new Written(activations, uncertainty, policy);
    }

    /** A class in a file's name: its index tells it from others, its name is for readers. */
    private static String word(Score score) {
        String name = score.label().name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        return score.index() + "-" + name.substring(0, Math.min(name.length(), LONGEST_CLASS));
    }

    private static String free(String stem, Set<String> taken) {
        String name = stem;
        for (int number = 2; !taken.add(name); number++) {
            name = stem + "-" + number;
        }
        return name;
    }
}
