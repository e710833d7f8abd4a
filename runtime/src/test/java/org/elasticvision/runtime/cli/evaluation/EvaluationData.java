package org.elasticvision.runtime.cli.evaluation;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.answer.PascalColors;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.image.pixels.IndexImage;

/** A small data set of each task, with known mistakes of {@link TestModels}. */
record EvaluationData(Path folder) {
    private static final int RED = 0xFF0000;
    private static final int GREEN = 0x00FF00;
    private static final int BLUE = 0x0000FF;

    /**
     * Five red images, and five of green of which {@code val/n2/2.png} is red. All red ones have the same scores: precision of red is 5/6 at
     * recall 1, that of green 1 at 0.8 and 0.5 at 1.
     */
    Path tenOfWhichOneIsWrong() throws IOException {
        for (int i = 0; i < 5; i++) {
            image("data/val/n1/" + i + ".png", TestModels.plain(6, 5, RED));
            image("data/val/n2/" + i + ".png", TestModels.plain(6, 5, i == 2 ? RED : GREEN));
        }
        return folder.resolve("data");
    }

    /** One image of red and blue, right, and one of green, of which blue is said. */
    Path labelSets() throws IOException {
        image("coco/val2014/a.png", TestModels.plain(6, 5, RED | BLUE));
        image("coco/val2014/b.png", TestModels.plain(6, 5, GREEN));
        Files.createDirectories(folder.resolve("coco/annotations"));
        Files.writeString(
                folder.resolve("coco/annotations/instances_val2014.json"),
                """
                {"images": [{"id": 1, "file_name": "a.png"}, {"id": 2, "file_name": "b.png"}],
                 "categories": [{"id": 1, "name": "red"}, {"id": 2, "name": "green"}, {"id": 3, "name": "blue"}],
                 "annotations": [{"image_id": 1, "category_id": 1, "area": 10, "iscrowd": 0},
                                 {"image_id": 1, "category_id": 3, "area": 2000, "iscrowd": 0},
                                 {"image_id": 2, "category_id": 3, "area": 20000, "iscrowd": 0}]}
                """);
        return folder.resolve("coco");
    }

    /** One image with two of three known pixels right, classes 1, 0.5 and 0, and one that is all right. */
    Path segmentation() throws IOException {
        BufferedImage image = TestModels.plain(4, 1, RED);
        image.setRGB(0, 0, GREEN);
        image("voc/VOC2012/images/a.png", image);
        mask("voc/VOC2012/masks/a.png", 4, 1, new byte[] {1, 0, 2, (byte) 255});
        image("voc/VOC2012/images/b.png", TestModels.plain(16, 12, BLUE));
        byte[] blue = new byte[16 * 12];
        Arrays.fill(blue, (byte) 2);
        mask("voc/VOC2012/masks/b.png", 16, 12, blue);
        Files.createDirectories(folder.resolve("voc/VOC2012/list"));
        Files.writeString(
                folder.resolve("voc/VOC2012/list/val.txt"), "/images/a.png /masks/a.png\n/images/b.png /masks/b.png\n");
        return folder.resolve("voc");
    }

    static Object[] words(Path model, Path data, Object... options) {
        List<Object> words = new ArrayList<>(List.of("evaluate", model, data));
        for (Object option : options) {
            words.addAll(option instanceof Object[] more ? List.of(more) : List.of(option));
        }
        return words.toArray();
    }

    private void image(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private void mask(String name, int width, int height, byte[] indices) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        PngFiles.write(new IndexImage(width, height, indices), PascalColors.palette(), file);
    }
}
