package org.elasticvision.train.check.listing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.dataset.ClassifiedImage;
import org.elasticvision.runtime.dataset.ClassifiedImages;
import org.elasticvision.runtime.dataset.ImageFolder;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.dataset.layout.PartFolder;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.image.ImageFileNames;
import org.elasticvision.runtime.io.FolderSearch;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.train.check.finding.FindingKind;
import org.elasticvision.train.check.finding.Findings;
import org.elasticvision.train.data.DatasetFolder;

/** A folder for each class. */
final class FolderLister implements PartLister {
    /** Pictures of formats that are not read, by their extensions. */
    private static final Set<String> OTHER_PICTURES = Set.of(
            "gif", "heic", "heif", "avif", "jp2", "j2k", "jxl", "svg", "psd", "ico", "tga", "exr", "hdr", "dng", "cr2",
            "nef", "arw", "pdf");

    private final DatasetFolder data;
    private final ClassIndex classes;
    private final Findings findings;
    private final Set<String> folders = new HashSet<>();

    FolderLister(DatasetFolder data, List<Label> labels, Findings findings) {
        this.data = data;
        this.classes = new ClassIndex(labels);
        this.findings = findings;
    }

    @Override
    public List<ListedImage> list(Split split) {
        List<Label> own = ImageFolder.labels(data.folder(), split);
        ClassifiedImages images = ImageFolder.read(data.folder(), own, split, DatasetOptions.defaults());
        int[] indices = new int[own.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = classes.of(own.get(i));
        }
        Path root = ImageFolder.part(data.folder(), split).orElse(data.folder());
        Set<String> filled = new HashSet<>(own.stream().map(Label::name).toList());
        List<Path> all = PartFolder.folders(root);
        for (Path folder : all) {
            folders.add(PartFolder.name(folder));
            if (!filled.contains(PartFolder.name(folder))) {
                findings.add(FindingKind.EMPTY_CLASS, folder.toString(), "");
            }
            others(folder);
        }
        if (split == Split.VALIDATION || data.heldOut().isPresent()) {
            CaseNames.find(folders, findings);
        }
        return ListedImages.lazy(images.size(), index -> {
            ClassifiedImage image = images.get(index);
            return ListedImage.of(image.image(), split, List.of(indices[image.classIndex()]));
        });
    }

    @Override
    public List<String> classes() {
        return classes.all();
    }

    /** Files that do not count as images. */
    private void others(Path folder) {
        try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : (Iterable<Path>) walk::iterator) {
                String name = PartFolder.name(file);
                if (!FolderSearch.hasExtension(name, ImageFileNames.EXTENSIONS)
                        && !isHidden(folder.relativize(file))
                        && Files.isRegularFile(file)) {
                    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
                    findings.add(
                            OTHER_PICTURES.contains(extension)
                                    ? FindingKind.PICTURE_NOT_READ
                                    : FindingKind.NOT_AN_IMAGE,
                            file.toString(),
                            "");
                }
            }
        } catch (IOException e) {
            throw new DatasetException(folder + ": cannot be read: " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new DatasetException(
                    folder + ": cannot be read: " + e.getCause().getMessage(), e);
        }
    }

    private static boolean isHidden(Path relative) {
        List<String> parts = new ArrayList<>();
        relative.forEach(part -> parts.add(part.toString()));
        return parts.stream().anyMatch(FolderSearch::isPassedOver);
    }
}
