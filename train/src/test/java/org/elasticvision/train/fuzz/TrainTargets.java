package org.elasticvision.train.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.fuzz.FuzzTarget;
import org.elasticvision.runtime.fuzz.FuzzTargets;
import org.elasticvision.train.cli.recipe.PublishedRecipes;
import org.elasticvision.train.cli.recipe.RecipeFile;
import org.elasticvision.train.cli.recipe.RecipeFileException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What train reads. */
public final class TrainTargets implements FuzzTargets {
    private static final CommandSpec TRAIN =
            ElasticCommandLine.create().getSubcommands().get("train").getCommandSpec();

    @Override
    public List<FuzzTarget> all() {
        return List.of(new FuzzTarget(
                "recipe", "recipe.yaml", RecipeFileException.class, folder -> recipes(), TrainTargets::recipe));
    }

    private static List<byte[]> recipes() {
        List<String> texts = new ArrayList<>(List.of(
                "lr: 0.1\nfreeze: [layer1, layer2]\nscale: [0.5, 2]\naugment: false\n",
                "--- # one\n{optimizer: &o adamw, 'schedule': !!str cosine, epochs: 0x10}\n"));
        PublishedRecipes.NAMES.forEach(
                name -> texts.add(PublishedRecipes.find(name).orElseThrow()));
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    /** Bytes that are not UTF-8 are refused before; here all are characters. */
    private static void recipe(Path file) throws IOException {
        List<OptionSpec> options = Stream.of(
                        "lr", "epochs", "batch", "optimizer", "schedule", "freeze", "scale", "augment")
                .map(name -> TRAIN.optionsMap().get("--" + name))
                .toList();
        RecipeFile.parse(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1), TRAIN, options)
                .words();
    }
}
