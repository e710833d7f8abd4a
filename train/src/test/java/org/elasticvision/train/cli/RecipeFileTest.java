package org.elasticvision.train.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.cli.CommandLinePage;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.model.Task;
import org.elasticvision.train.cli.recipe.Overruled;
import org.elasticvision.train.cli.recipe.PublishedRecipes;
import org.elasticvision.train.cli.recipe.RecipeFile;
import org.elasticvision.train.cli.recipe.RecipeFileException;
import org.elasticvision.train.cli.recipe.RecipeOptions;
import org.elasticvision.train.data.transform.Augmentation;
import org.elasticvision.train.recipe.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecipeFileTest {
    private static final CommandSpec TRAIN =
            ElasticCommandLine.create().getSubcommands().get("train").getCommandSpec();
    private static final List<OptionSpec> ALLOWED = Stream.of(
                    "epochs",
                    "batch",
                    "lr",
                    "optimizer",
                    "momentum",
                    "weight-decay",
                    "schedule",
                    "decay-at",
                    "warmup",
                    "label-smoothing",
                    "augment",
                    "flip",
                    "randaugment",
                    "scale",
                    "mixup",
                    "cutmix",
                    "freeze",
                    "finetune",
                    "class-weights",
                    "input-size")
            .map(name -> TRAIN.optionsMap().get("--" + name))
            .toList();

    private static RecipeFile parse(String text) {
        return RecipeFile.parse("r.yaml", text, TRAIN, ALLOWED);
    }

    @Command
    private static final class Holder {
        @Mixin
        private RecipeOptions recipe;

        @Mixin
        private AugmentationOptions augmentation;
    }

    @ParameterizedTest
    @CsvSource({
        "imagenet, classification, resnext50_elastic",
        "imagenet, classification, densenet201_elastic",
        "mscoco, multilabel, resnext101_elastic",
        "voc, segmentation, resnext50_elastic",
        "voc, segmentation, dla60x_elastic"
    })
    void publishedFilesSayWhatJavaSays(String name, String task, String architecture) {
        RecipeFile file = parse(PublishedRecipes.find(name).orElseThrow());
        Holder holder = new Holder();
        new CommandLine(holder)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(file.words().toArray(String[]::new));
        Task kind = Task.of(task);
        Architecture network = Architecture.of(architecture);
        assertThat(holder.recipe.on(kind, network, Optional.empty(), false, 1))
                .isEqualTo(Recipe.published(kind, network));
        assertThat(holder.augmentation.on(kind, Optional.empty(), Augmentation.published()))
                .isEqualTo(Augmentation.published());
    }

    @Test
    void allFilesOfTheFolderArePublished() throws IOException {
        try (Stream<Path> files = Files.list(CommandLinePage.root().resolve("train/recipes"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(PublishedRecipes.NAMES);
        }
        assertThat(PublishedRecipes.find("../secret")).isEmpty();
    }

    @Test
    void valuesBecomeTheWordsOfTheirOptions() {
        assertThat(parse(
                                """
                                # a comment
                                epochs: 3
                                lr: 1e-4
                                schedule: Steps
                                decay-at: [1, 2]
                                scale: [0.5, 2]
                                freeze: [conv1, bn1]
                                augment: false
                                finetune: false
                                input-size: 64
                                """)
                        .words())
                .containsExactly(
                        "--epochs=3",
                        "--lr=1e-4",
                        "--schedule=Steps",
                        "--decay-at=1,2",
                        "--scale=0.5,2",
                        "--freeze=conv1,bn1",
                        "--no-augment",
                        "--input-size=64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lr: 1\\nepochs: 2 | --lr | sgd | --epochs=2",
                "schedule: steps\\ndecay-at: 2 | --schedule | sgd | ''",
                "schedule: cosine\\nlr: 1 | --decay-at | sgd | --lr=1",
                "augment: true\\nflip: 0.1\\nlr: 1 | --augment | sgd | --lr=1",
                "augment: true\\nmixup: 0.2\\ncutmix: 1\\nlr: 1 | --augment | sgd | --lr=1",
                "mixup: 0.2\\ncutmix: 1 | --mixup | sgd | --cutmix=1",
                "flip: 0.1\\nlr: 1 | --flip | sgd | --lr=1",
                "augment: false\\nrandaugment: [2, 9] | --lr | sgd | --no-augment --randaugment=2,9",
                "augment: false\\nrandaugment: [2, 9] | --augment | sgd | ''",
                "randaugment: [2, 9]\\nlr: 1 | --randaugment | sgd | --lr=1",
                "randaugment: none | --lr | sgd | --randaugment=none",
                "optimizer: sgd\\nlr: 1\\nmomentum: 0.5\\nepochs: 2 | --optimizer | adamw | --epochs=2",
                "lr: 1\\nweight-decay: 0.5\\nepochs: 2 | --optimizer | adamw | --epochs=2",
                "optimizer: adamw\\nlr: 1 | --optimizer | adamw | --lr=1",
                "lr: 1 | --optimizer | sgd | --lr=1"
            })
    void theCommandLineWins(String text, String given, String optimizer, String words) {
        assertThat(String.join(" ", new Overruled(Set.of(given), optimizer).words(parse(text.replace("\\n", "\n")))))
                .isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epoch: 3 | line 1: unknown key 'epoch'; did you mean epochs?",
                "epochs: 3\\nweight_decay: 1 | line 2: unknown key 'weight_decay'; did you mean weight-decay?",
                "<<: {epochs: 1} | line 1: unknown key '<<'; the keys are augment, batch,",
                "zzzzzzzz: 3 | line 1: unknown key 'zzzzzzzz'; the keys are augment, batch,",
                "workers: 3 | line 1: 'workers' is not part of a recipe; give --workers on the command line",
                "\\nepochs: many | line 2: epochs: 'many' is not a whole number",
                "epochs: 1.5 | line 1: epochs: '1.5' is not a whole number",
                "lr: fast | line 1: lr: 'fast' is not a number",
                "lr: '0.1' | line 1: lr: '0.1' is not a number",
                "lr: | line 1: lr: no value; give one, or leave the key out",
                "lr: [1, 2] | line 1: lr: a list, and one value is wanted",
                "lr: {a: 1} | line 1: lr: a table of keys, and one value is wanted",
                "scale: [] | line 1: scale: an empty list",
                "scale: [1, [2]] | line 1: scale: a list, and one value is wanted",
                "augment: maybe | line 1: augment: 'maybe' is not true or false",
                "augment: [true] | line 1: augment: a list is not true or false",
                "schedule: linear | line 1: schedule: 'linear' is not one of steps, poly, cosine",
                "lr: 1\\nlr: 2 | line 2: lr: is in line 1 already; remove one",
                "lr: !!java.net.URL 1 | line 1: lr: '1' is not a number",
                "[1]: 2 | line 1: a key must be a word",
                "- lr | line 1: is not a recipe; give a line 'KEY: VALUE'",
                "lr: [1 | is not YAML",
                "lr: \"1 | is not YAML",
                "'' | is empty"
            })
    void whatIsWrongIsSaidWithItsLine(String text, String message) {
        assertThatThrownBy(() -> parse(text.replace("\\n", "\n")))
                .isInstanceOf(RecipeFileException.class)
                .message()
                .startsWith("r.yaml: ")
                .contains(message)
                .doesNotContain("\n");
    }

    @Test
    void hostileFilesAreRefused() {
        assertThatThrownBy(() -> parse("lr: " + "[".repeat(30_000))).isInstanceOf(RecipeFileException.class);
        assertThatThrownBy(() -> parse("# " + "x".repeat(70_000) + "\nlr: 1")).isInstanceOf(RecipeFileException.class);
        assertThatThrownBy(() -> parse("lr: &a [*a]")).isInstanceOf(RecipeFileException.class);
    }
}
