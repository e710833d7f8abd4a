package org.elasticvision.runtime.fuzz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticvision.runtime.base.DatasetException;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.dataset.IdxFiles;
import org.elasticvision.runtime.dataset.IdxImages;
import org.elasticvision.runtime.dataset.VocSegmentation;
import org.elasticvision.runtime.dataset.coco.CocoDataset;
import org.elasticvision.runtime.dataset.layout.CocoFiles;
import org.elasticvision.runtime.dataset.layout.DatasetOptions;
import org.elasticvision.runtime.dataset.layout.Split;
import org.elasticvision.runtime.model.Labels;

/** What lists a data set: annotations, lists, IDX files, labels. */
final class DatasetTargets {
    private static final byte[] EMPTY = {};
    private static final String COCO =
            "{\"images\":[{\"id\":9,\"file_name\":\"a.jpg\",\"height\":4},{\"id\":3,\"file_name\":\"b\\\\b.jpg\"}],"
                    + "\"annotations\":[{\"area\":1023.9,\"iscrowd\":0,\"image_id\":9,\"bbox\":[1,2,3,4],\"category_id\":3,\"id\":1},"
                    + "{\"segmentation\":[[1.5,2,3,4,5,6]],\"image_id\":3,\"category_id\":1,\"id\":2},"
                    + "{\"segmentation\":{\"counts\":[1,2,3],\"size\":[2,3]},\"image_id\":3,\"category_id\":1}],"
                    + "\"categories\":[{\"id\":1,\"name\":\"person\"},{\"id\":3,\"name\":\"car\",\"supercategory\":\"x\"}]}";

    private DatasetTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                new FuzzTarget(
                        "coco",
                        "annotations/instances_val2017.json",
                        Map.of("a.jpg", EMPTY, "b/b.jpg", EMPTY),
                        DatasetException.class,
                        folder -> List.of(COCO.getBytes(StandardCharsets.UTF_8)),
                        DatasetTargets::coco),
                new FuzzTarget(
                        "voc-published",
                        "VOC2012/list/val.txt",
                        Map.of("VOC2012/JPEGImages/a.jpg", EMPTY, "VOC2012/SegmentationClass/a.png", EMPTY),
                        DatasetException.class,
                        folder -> texts("/JPEGImages/a.jpg /SegmentationClass/a.png\r\n\n", "\uFEFFa.jpg a.png\n"),
                        file -> VocSegmentation.read(file.resolve("../../..").normalize())),
                new FuzzTarget(
                        "voc",
                        "ImageSets/Segmentation/val.txt",
                        Map.of("JPEGImages/a.jpg", EMPTY, "SegmentationClass/a.png", EMPTY),
                        DatasetException.class,
                        folder -> texts("a\r\na\n\n"),
                        file -> VocSegmentation.read(file.resolve("../../..").normalize())),
                new FuzzTarget(
                        "idx",
                        "t10k-images-idx3-ubyte",
                        Map.of("t10k-labels-idx1-ubyte", IdxFiles.encode(new byte[2], 2)),
                        DatasetException.class,
                        folder -> List.of(
                                IdxFiles.encode(new byte[12], 2, 2, 3),
                                IdxFiles.zip(IdxFiles.encode(new byte[12], 2, 2, 3))),
                        file -> IdxImages.read(file.getParent(), Split.VALIDATION)),
                new FuzzTarget(
                        "labels",
                        "labels.txt",
                        ElasticVisionException.class,
                        folder -> texts(
                                "n01440764 tench, Tinca tinca\nn01443537 goldfish\n",
                                "0: ant\n1: bee\n",
                                "{\"0\": [\"n01440764\", \"tench\"], \"1\": [\"n01443537\", \"goldfish\"]}",
                                "{\"0\": \"ant\", \"1\": \"bee\"}",
                                "[\"ant\", \"bee\"]",
                                "{0: 'ant', 1: 'bee'}",
                                "1\tant\r\n2\tbee"),
                        Labels::read));
    }

    private static List<byte[]> texts(String... texts) {
        return Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** As train reads categories, then as evaluate reads images. */
    private static void coco(Path file) {
        CocoFiles files = new CocoFiles(file, file.resolve("../..").normalize());
        DatasetOptions options = DatasetOptions.defaults();
        CocoDataset.read(files, CocoDataset.labels(files, files, options), options);
    }
}
