package org.elasticvision.train.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code train --recipe} and {@code --save-recipe}. */
class RecipeCommandsTest {
    private static final String ARCH = "--arch=resnext_tiny_elastic";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private final Commands elastic = new Commands();

    @BeforeAll
    static void draw() {
        ShapesDataset.write(shared.resolve("shapes"), new ShapesOptions(32, 8, 48, 1));
    }

    private static String data() {
        return shared.resolve("shapes").toString();
    }

    private String recipe(String text) throws IOException {
        return Files.writeString(folder.resolve("r.yaml"), text).toString();
    }

    @Test
    void aSavedRecipeIsReadAgainAndOptionsWin() throws IOException {
        String file = recipe(
                "epochs: 5\nbatch: 8\nlr: 0.02\nschedule: cosine\nwarmup: 0.5\nema: 0.9\ncrop-area: 0.4\nflip: 0\n");
        Path saved = folder.resolve("saved.yaml");
        elastic.succeeds(
                "train",
                data(),
                ARCH,
                "--task=classification",
                "--input-size=32",
                "--recipe",
                file,
                "--epochs=1",
                "--batch=16",
                "--save-recipe",
                saved.toString(),
                "-o",
                folder + "/run");
        assertThat(saved)
                .content()
                .contains(
                        "epochs: 1\n", "batch: 16\n", "lr: 0.02\n", "schedule: cosine\n", "warmup: 0.5\n", "ema: 0.9\n")
                .contains("crop-area: 0.4\n", "flip: 0\n", "weight-decay: 0.0001\n", "input-size: 32x32\n");
        assertThat(folder.resolve("run/recipe.yaml")).hasSameTextualContentAs(saved);

        elastic.succeeds(
                "train", data(), ARCH, "--task=classification", "--recipe", saved.toString(), "-o", folder + "/again");
        assertThat(folder.resolve("again/recipe.yaml")).hasSameTextualContentAs(saved);
    }

    /** Without crops and shifts, which {@code augment: true} would bring back. */
    @Test
    void whatIsAddedToImagesAsTheyAreIsReadAgainToo() throws IOException {
        String[] train = {"train", data(), ARCH, "--task=classification", "--epochs=1", "--batch=16"};
        elastic.succeeds(with(
                train,
                "--input-size=32",
                "--no-augment",
                "--randaugment=3,5",
                "--mixup=0.2",
                "--cutmix=1",
                "--random-erasing=0.5",
                "-o",
                folder + "/run"));
        Path saved = folder.resolve("run/recipe.yaml");
        assertThat(saved)
                .content()
                .contains(
                        "augment: false\n",
                        "randaugment: [3, 5]\n",
                        "random-erasing: 0.5\n",
                        "mixup: 0.2\n",
                        "cutmix: 1\n")
                .doesNotContain("flip", "crop-area");
        elastic.succeeds(with(train, "--recipe=" + saved, "-o", folder + "/again"));
        assertThat(folder.resolve("again/recipe.yaml")).hasSameTextualContentAs(saved);
    }

    @Test
    void whatIsWrongWithAFileIsSaidInOneLine() throws IOException {
        String[] train = {"train", data(), ARCH, "--task=classification", "-o", folder + "/run", "--recipe"};
        elastic.refuses(2, "r.yaml: line 2: unknown key 'epoch'", with(train, recipe("lr: 1\nepoch: 2\n")));
        elastic.refuses(2, "r.yaml: line 1: lr: 'x' is not a number", with(train, recipe("lr: x\n")));
        elastic.refuses(
                2, "--lr -1.0 must be above 0 (" + folder + "/r.yaml: line 2)", with(train, recipe("\nlr: -1\n")));
        elastic.refuses(
                2,
                "--randaugment MAGNITUDE 40 must be between 0 and 30 (" + folder + "/r.yaml: line 2)",
                with(train, recipe("lr: 1\nrandaugment: [2, 40]\n")));
        elastic.refuses(2, "--scale is for segmentation", with(train, recipe("scale: [0.5, 2]\n")));
        elastic.refuses(2, "--recipe cifar: is neither a file nor a published recipe", with(train, "cifar"));
        elastic.refuses(2, "is a folder; give a YAML file", with(train, folder.toString()));
        Files.write(folder.resolve("r.yaml"), new byte[] {'l', 'r', ':', ' ', (byte) 0xFF});
        elastic.refuses(2, "is not UTF-8 text", with(train, folder + "/r.yaml"));
        Files.writeString(folder.resolve("r.yaml"), "#" + "x".repeat(200_000));
        elastic.refuses(2, "is too large for a recipe", with(train, folder + "/r.yaml"));
        elastic.refuses(
                2,
                "--save-recipe " + folder + "/r.yaml is --recipe itself",
                with(train, recipe("lr: 1\n"), "--save-recipe", folder + "/r.yaml"));
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void argumentsMayStandInAFile() throws IOException {
        Path arguments =
                Files.writeString(folder.resolve("words.txt"), "--epochs 1\n--batch 16\n# a comment\n--no-such 1\n");
        elastic.refuses(2, "unknown option '--no-such'", "train", data(), "@" + arguments);
    }

    private static String[] with(String[] words, String... more) {
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }
}
