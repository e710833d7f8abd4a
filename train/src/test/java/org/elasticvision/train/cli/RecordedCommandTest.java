package org.elasticvision.train.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

import static org.assertj.core.api.Assertions.assertThat;

class RecordedCommandTest {
    private static final CommandSpec TRAIN = CommandSpec.forAnnotatedObject(new TrainCommand());

    private static RecordedCommand given(String... words) {
        List<String> line = new ArrayList<>(List.of("train"));
        line.addAll(List.of(words));
        ParseResult parsed = ElasticCommandLine.create().parseArgs(line.toArray(String[]::new));
        return RecordedCommand.of(parsed.subcommand(), Set.of("--resume"));
    }

    private static RecordedCommand read(RecordedCommand command) {
        return RecordedCommand.read(command.words(), TRAIN);
    }

    private static final Set<String> NO_OTHERS = Set.of();

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().toString();
    }

    @Test
    void pathsAreAbsoluteAndEachOptionIsThereOnce() {
        RecordedCommand command =
                given("photos", "-o", "run", "--no-channels-last", "--skip-bad", "--decay-at=2,4", "--verbose");
        assertThat(command.words())
                .containsExactly(
                        "--output=" + absolute("run"),
                        "--no-channels-last",
                        "--skip-bad",
                        "--decay-at=2,4",
                        absolute("photos"));
        assertThat(read(command)).isEqualTo(command);
    }

    @Test
    void whatIsGivenLaterTakesThePlaceOfWhatWasGivenBefore() {
        RecordedCommand first = given("photos", "--epochs=1", "--decay-at=2,4", "--scale=1,2", "--no-channels-last");
        RecordedCommand second = read(first)
                .with(
                        given("moved", "--resume=run", "--epochs=9", "--decay-at=5", "--scale=1,1", "--channels-last"),
                        NO_OTHERS);
        assertThat(second.words())
                .containsExactlyInAnyOrder(
                        "--epochs=9", "--decay-at=5", "--scale=1,1", "--channels-last", absolute("moved"));
        assertThat(read(second).with(given("--resume=run"), NO_OTHERS).words()).isEqualTo(second.words());
    }

    @Test
    void dataInAFolderAndInPartsTakeEachOthersPlace() {
        RecordedCommand folder = given("photos", "--seed=2");
        RecordedCommand parts = given("--annotations=a.json", "--images=pictures");
        assertThat(folder.with(parts, TrainDataOptions.NAMES).words())
                .containsExactly("--seed=2", "--annotations=" + absolute("a.json"), "--images=" + absolute("pictures"));
        assertThat(parts.with(folder, TrainDataOptions.NAMES).words()).containsExactly("--seed=2", absolute("photos"));
    }

    /** As versions before this one have written them. */
    @Test
    void aRecordThatHasGrownShrinks() {
        List<String> grown = List.of("--epochs=1", "--epochs=2", "--epochs=1", "--epochs=3", "/photos");
        assertThat(RecordedCommand.read(grown, TRAIN).words()).containsExactly("--epochs=3", "/photos");
    }
}
