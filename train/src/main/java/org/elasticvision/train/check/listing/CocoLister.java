package org.elasticvision.train.check.listing;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.elasticvision.runtime.dataset.layout.CocoFiles;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.train.check.finding.FindingKind;
import org.elasticvision.train.check.finding.Findings;
import org.elasticvision.train.data.DatasetFolder;

/** MSCOCO's JSON, Roboflow's too. */
final class CocoLister implements PartLister {
    private final DatasetFolder data;
    private final ClassIndex classes;
    private final Findings findings;
    private final Set<String> names = new HashSet<>();
    private final Set<String> used = new HashSet<>();

    CocoLister(DatasetFolder data, List<Label> labels, Findings findings) {
        this.data = data;
        this.classes = new ClassIndex(labels);
        this.findings = findings;
    }

    @Override
    public List<ListedImage> list(Split split) {
        CocoFiles files = data.coco().get(split == Split.TRAINING ? 0 : 1);
        CocoObjects objects = CocoObjects.read(files.annotations(), findings);
        objects.categories().forEach(category -> names.add(category.name()));
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < objects.categories().size(); i++) {
            Label category = objects.categories().get(i);
            boolean isUsed = objects.isUsed(i);
            indices.add(isUsed ? classes.of(category) : -1);
            if (isUsed) {
                used.add(category.name());
            }
        }
        if (split == Split.VALIDATION || data.heldOut().isPresent()) {
            CaseNames.find(names, findings);
            names.stream()
                    .filter(name -> !used.contains(name))
                    .sorted()
                    .forEach(name -> findings.add(FindingKind.EMPTY_CLASS, name, ""));
        }
        Path root = files.images().normalize();
        return ListedImages.lazy(objects.images().size(), index -> {
            CocoObjects.Image image = objects.images().get(index);
            Path file = inside(root, image.fileName());
            return new ListedImage(
                    ImageSource.of(file),
                    Optional.of(file),
                    split,
                    objects.categoriesOf(index).stream()
                            .map(indices::get)
                            .distinct()
                            .sorted()
                            .toList(),
                    Optional.empty(),
                    image.size());
        });
    }

    /** The folder itself for a name that leads out of it or cannot be one: that cannot be read, and training has refused it by name. */
    private static Path inside(Path root, String name) {
        try {
            Path file = root.resolve(name.replace('\\', '/')).normalize();
            return file.startsWith(root) ? file : root;
        } catch (InvalidPathException e) {
            return root;
        }
    }

    @Override
    public List<String> classes() {
        return classes.all();
    }
}
